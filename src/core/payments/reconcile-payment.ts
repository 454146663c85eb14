// A payment whose outcome nobody told us: ask the processor, and charge again under the same key only if it never heard of it.
import { failPendingSubscription, hasExpired } from '#core/checkout/expire-attempt.ts'
import { collectPayment, orUnknown } from '#core/payments/collect-payment.ts'
import { awaitsBuyer, getDues, getPayment, type Payment } from '#core/payments/queries.ts'
import { settlePayment } from '#core/payments/settle-payment.ts'
import type { NeverSeen, PaymentOutcome } from '#processors/processor.ts'
import { type BusinessCtx, inTransaction, processorNamed } from '#src/context.ts'

/** Also asks about one that was settled as failed: if the money came after all, settling says where it belongs. */
export async function reconcilePayment(ctx: BusinessCtx, payment_id: string): Promise<Payment> {
  const payment = await getPayment(ctx, payment_id)
  if (payment.status === 'succeeded' || awaitsBuyer(payment)) return payment
  const { processor } = payment
  if (processor === null) return collectPayment(ctx, payment_id)
  const outcome = await orUnknown(() =>
    processorNamed(ctx, processor).retrievePayment(ctx.business.business_id, payment.processor_key),
  )
  if (payment.settled_at !== null) {
    return outcome.status === 'succeeded' ? settlePayment(ctx, payment_id, outcome) : payment
  }
  // A page that nobody opened is given up; a charge that got lost is made.
  const charges = payment.off_session || payment.payment_method_id !== null
  if (outcome.status === 'never_seen' && charges) return collectPayment(ctx, payment_id)
  if (outcome.status === 'requires_action' && (await isAbandoned(ctx, payment))) {
    return giveUp(ctx, payment, processor)
  }
  return settlePayment(ctx, payment_id, orAbandoned(outcome))
}

/** Nobody finished its page in time, or what it would have paid is not owed any more. */
async function isAbandoned(ctx: BusinessCtx, { checkout_id, page_expires_at, dues_id }: Payment): Promise<boolean> {
  if (page_expires_at === null) return hasExpired(ctx, checkout_id)
  if (Temporal.Instant.compare(page_expires_at, ctx.wall.now()) <= 0) return true
  return (await getDues(ctx, dues_id)).status !== 'open'
}

/** The customer never got as far as the processor's page, or left it open too long. */
function orAbandoned(outcome: PaymentOutcome | NeverSeen): PaymentOutcome {
  if (outcome.status !== 'never_seen') return outcome
  return { status: 'declined', reference: null, code: 'CUSTOMER_CANCELLED', message: null }
}

async function giveUp(ctx: BusinessCtx, payment: Payment, processor: string): Promise<Payment> {
  const closed = await orUnknown(() =>
    processorNamed(ctx, processor).closePayment(ctx.business.business_id, payment.processor_key),
  )
  return inTransaction(ctx, async (inner) => {
    const settled = await settlePayment(inner, payment.payment_id, orAbandoned(closed))
    const { settled_at, status, subscription_id } = settled
    if (settled_at !== null && status !== 'succeeded' && subscription_id !== null) {
      await failPendingSubscription(inner, subscription_id)
    }
    return settled
  })
}
