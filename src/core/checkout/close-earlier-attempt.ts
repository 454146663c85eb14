// Two open pages for one checkout could both be paid. Before a new attempt, the page of the earlier one is closed at the processor; if it
// turns out to have been paid, that is settled instead.
import { findCheckoutPayment } from '#core/checkout/queries.ts'
import { closeSetup } from '#core/payment-methods/settle-method.ts'
import { orUnknown } from '#core/payments/collect-payment.ts'
import { awaitsBuyer, type Payment } from '#core/payments/queries.ts'
import { reconcilePayment } from '#core/payments/reconcile-payment.ts'
import { settlePayment } from '#core/payments/settle-payment.ts'
import { from } from '#core/scope.ts'
import { type BusinessCtx, processorNamed } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

/** Nobody finished it. */
export const ABANDONED = { status: 'declined', reference: null, code: 'CUSTOMER_CANCELLED', message: null } as const

/** Throws PREVIOUS_PAYMENT_PENDING where nobody knows yet what became of it. */
export async function closeEarlierAttempt(ctx: BusinessCtx, checkout_id: string): Promise<void> {
  await closeOpenSetup(ctx, checkout_id)
  const payment = await findCheckoutPayment(ctx, checkout_id)
  if (payment === undefined || payment.settled_at !== null || payment.processor === null || awaitsBuyer(payment)) return
  const { payment_id, processor, processor_key } = payment
  const known = isUnderWay(payment) ? await reconcilePayment(ctx, payment_id) : payment
  if (known.settled_at !== null) return
  if (isUnderWay(known)) throw new AppError('PREVIOUS_PAYMENT_PENDING')
  const closed = await orUnknown(() =>
    processorNamed(ctx, processor).closePayment(ctx.business.business_id, processor_key),
  )
  const outcome = closed.status === 'never_seen' || closed.status === 'requires_action' ? ABANDONED : closed
  const settled = await settlePayment(ctx, payment_id, outcome)
  if (settled.settled_at === null) throw new AppError('PREVIOUS_PAYMENT_PENDING')
}

/** A charge of a saved method cannot be closed: it is asked about, and made where it got lost. The page of its bank can. */
function isUnderWay({ payment_method_id, status }: Payment): boolean {
  return payment_method_id !== null && status !== 'requires_customer_action'
}

async function closeOpenSetup(ctx: BusinessCtx, checkout_id: string): Promise<void> {
  const setup = await from(ctx, 'method_setups')
    .select('setup_id')
    .where('checkout_id', '=', checkout_id)
    .where('settled_at', 'is', null)
    .where('status', '=', 'requires_customer_action')
    .executeTakeFirst()
  if (setup !== undefined) await closeSetup(ctx, setup.setup_id)
}
