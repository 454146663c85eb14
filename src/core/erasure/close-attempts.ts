// Before a customer is erased, nothing of theirs may still be on its way: pages at the processor are closed, and what they became is settled.
import { settleMethod } from '#core/payment-methods/settle-method.ts'
import { orUnknown } from '#core/payments/collect-payment.ts'
import { settlePayment } from '#core/payments/settle-payment.ts'
import { from } from '#core/scope.ts'
import { type BusinessCtx, processorNamed } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

const ABANDONED = { status: 'declined', reference: null, code: 'CUSTOMER_CANCELLED', message: null } as const

/** Asks the processor, outside of any transaction. */
export async function closeAttempts(ctx: BusinessCtx, customer_id: string): Promise<void> {
  const payments = await openPayments(ctx, customer_id)
  for (const { payment_id, processor, processor_key } of payments) {
    if (processor === null) continue
    const closed = await orUnknown(() =>
      processorNamed(ctx, processor).closePayment(ctx.business.business_id, processor_key),
    )
    const outcome = closed.status === 'never_seen' || closed.status === 'requires_action' ? ABANDONED : closed
    await settlePayment(ctx, payment_id, outcome)
  }
  const setups = await from(ctx, 'method_setups')
    .select('setup_id')
    .where('customer_id', '=', customer_id)
    .where('settled_at', 'is', null)
    .execute()
  for (const { setup_id } of setups) await settleMethod(ctx, setup_id, ABANDONED)
}

/** Throws PREVIOUS_PAYMENT_PENDING where the processor has not said what became of a payment. */
export async function assertNothingPending(ctx: BusinessCtx, customer_id: string): Promise<void> {
  if ((await openPayments(ctx, customer_id)).length === 0) return
  throw new AppError('PREVIOUS_PAYMENT_PENDING', {
    message: 'A payment of this customer is still being checked; erase them when it is decided',
  })
}

async function openPayments(ctx: BusinessCtx, customer_id: string) {
  return from(ctx, 'payments')
    .select(['payment_id', 'processor', 'processor_key'])
    .where('customer_id', '=', customer_id)
    .where('settled_at', 'is', null)
    .execute()
}
