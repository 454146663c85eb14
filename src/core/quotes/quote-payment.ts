// The payment of a confirmed quote while nobody knows what became of it: the browser comes back from the bank, or the customer gives up.
import { orUnknown } from '#core/payments/collect-payment.ts'
import type { Payment } from '#core/payments/queries.ts'
import { reconcilePayment } from '#core/payments/reconcile-payment.ts'
import { settlePayment } from '#core/payments/settle-payment.ts'
import { findQuotePayment } from '#core/quotes/queries.ts'
import { type BusinessCtx, processorNamed } from '#src/context.ts'

/** The processor is asked; the address the browser came by is never believed. Does nothing where nothing is open. */
export async function returnToQuote(ctx: BusinessCtx, quote_id: string): Promise<void> {
  const payment = await findQuotePayment(ctx, quote_id)
  if (payment?.settled_at === null) await reconcilePayment(ctx, payment.payment_id)
}

/**
 * The page on which the bank asks for the customer is closed at the processor; if it turns out to have been paid, that is settled instead.
 * Does nothing where none is open: a charge that nobody knows about is never given up.
 */
export async function giveUpQuotePayment(ctx: BusinessCtx, quote_id: string): Promise<void> {
  const payment = await findQuotePayment(ctx, quote_id)
  if (payment === undefined || !awaitsCustomer(payment)) return
  const { payment_id, processor, processor_key } = payment
  if (processor === null) return
  const closed = await orUnknown(() =>
    processorNamed(ctx, processor).closePayment(ctx.business.business_id, processor_key),
  )
  const open = closed.status === 'unknown' || closed.status === 'succeeded'
  const outcome = open
    ? closed
    : { status: 'declined' as const, reference: null, code: 'CUSTOMER_CANCELLED', message: null }
  await settlePayment(ctx, payment_id, outcome)
}

/** Their bank asks for them, on a page that is open. */
export function awaitsCustomer({ settled_at, status, action_url }: Payment): boolean {
  return settled_at === null && status === 'requires_customer_action' && action_url !== null
}
