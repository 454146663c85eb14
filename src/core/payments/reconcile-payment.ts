// A payment whose outcome nobody told us: ask the processor, and charge again under the same key only if it never heard of it.
import { collectPayment, orUnknown } from '#core/payments/collect-payment.ts'
import { getPayment, type Payment } from '#core/payments/queries.ts'
import { settlePayment } from '#core/payments/settle-payment.ts'
import { type BusinessCtx, processorNamed } from '#src/context.ts'

export async function reconcilePayment(ctx: BusinessCtx, payment_id: string): Promise<Payment> {
  const payment = await getPayment(ctx, payment_id)
  if (payment.settled_at !== null) return payment
  const { processor, processor_key } = payment
  if (processor === null) return collectPayment(ctx, payment_id)
  const outcome = await orUnknown(() =>
    processorNamed(ctx, processor).retrievePayment(ctx.business.business_id, processor_key),
  )
  if (outcome.status !== 'never_seen') return settlePayment(ctx, payment_id, outcome)
  return payment.off_session ? collectPayment(ctx, payment_id) : settlePayment(ctx, payment_id, neverOpened)
}

/** The customer never got as far as the processor's page; the next attempt opens a new one. */
const neverOpened = { status: 'declined', reference: null, code: 'CUSTOMER_CANCELLED', message: null } as const
