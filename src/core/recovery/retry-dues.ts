// A declined renewal is asked for again by itself.
import { getSettings } from '#core/businesses/queries.ts'
import { collectPayment } from '#core/payments/collect-payment.ts'
import { reopenDues } from '#core/payments/open-dues.ts'
import { getDues, hasOpenPayment, type Payment } from '#core/payments/queries.ts'
import { lockDues } from '#core/payments/store.ts'
import { closeOpenPage } from '#core/recovery/close-open-page.ts'
import { planRetry } from '#core/recovery/store.ts'
import { lockSubscription } from '#core/subscriptions/store.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

/** While somebody still has to say what became of another attempt. */
const LATER = Temporal.Duration.from({ hours: 1 })

/** Charges the saved method once more where that is due; declined again, settling plans the next. Harmless to repeat. */
export async function retryDues(outer: BusinessCtx, dues_id: string): Promise<void> {
  const { subscription_id, next_retry_at } = await getDues(outer, dues_id)
  if (subscription_id === null || !isDue(outer, next_retry_at)) return
  await closeOpenPage(outer, subscription_id)
  const payment = await inTransaction(outer, (ctx) => openRetry(ctx, subscription_id, dues_id))
  if (payment !== undefined) await collectPayment(outer, payment.payment_id)
}

async function openRetry(ctx: BusinessCtx, subscription_id: string, dues_id: string): Promise<Payment | undefined> {
  const { payment_method_id, billing, metadata } = await lockSubscription(ctx, subscription_id)
  const dues = await lockDues(ctx, dues_id)
  if (!isDue(ctx, dues.next_retry_at)) return undefined
  const waits = await hasOpenPayment(ctx, subscription_id)
  await planRetry(ctx, dues_id, { next_retry_at: waits ? ctx.clock.now().add(LATER) : null })
  if (waits || !(await getSettings(ctx)).payment_retries) return undefined
  return reopenDues(ctx, dues, { payment_method_id, billing, metadata, origin: 'automatic_retry' })
}

function isDue(ctx: BusinessCtx, at: Temporal.Instant | null): boolean {
  return at !== null && Temporal.Instant.compare(at, ctx.clock.now()) <= 0
}
