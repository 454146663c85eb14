// An attempt to collect dues came to nothing. What follows for the dues and their subscription is the caller's.
import { recordAudit } from '#core/audit/record-audit.ts'
import { recordEvent } from '#core/events/record-event.ts'
import type { Payment } from '#core/payments/queries.ts'
import { updatePayment } from '#core/payments/store.ts'
import type { PaymentOutcome } from '#processors/processor.ts'
import type { BusinessCtx } from '#src/context.ts'

export type Declined = Extract<PaymentOutcome, { status: 'declined' }>

/** Nobody finished it. */
export const GIVEN_UP = { status: 'declined', reference: null, code: 'CUSTOMER_CANCELLED', message: null } as const

/** Call it with the payment locked. */
export async function declineAttempt(ctx: BusinessCtx, attempt: Payment, outcome: Declined): Promise<Payment> {
  const payment = await updatePayment(ctx, attempt.payment_id, {
    status: outcome.code === 'CUSTOMER_CANCELLED' ? 'cancelled' : 'failed',
    error_code: outcome.code,
    error_message: outcome.message,
    processor_reference: outcome.reference ?? attempt.processor_reference,
    ...settledNow(ctx),
  })
  await recordPaymentEvent(ctx, payment, payment.status === 'cancelled' ? 'payment.cancelled' : 'payment.failed')
  return payment
}

export function settledNow(ctx: BusinessCtx) {
  return {
    settled_at: ctx.clock.now(),
    next_check_at: null,
    unknown_since: null,
    needs_attention: false,
    action_url: null,
  }
}

export async function recordPaymentEvent(
  ctx: BusinessCtx,
  payment: Payment,
  type: 'payment.succeeded' | 'payment.failed' | 'payment.cancelled',
): Promise<void> {
  const { payment_id, customer_id } = payment
  await recordEvent(ctx, { type, resource_id: payment_id, customer_id })
  await recordAudit(ctx, {
    action: type,
    resource_id: payment_id,
    customer_id,
    details: { total_amount: payment.total_amount, currency: payment.currency, error_code: payment.error_code },
  })
}
