// The balance follows usage soon after it was reported. What is exact is done where the usage is closed.
import { earlier } from '#billing/period.ts'
import { update } from '#core/scope.ts'
import { lockSubscription, type Subscription } from '#core/subscriptions/store.ts'
import { type Measured, measureUsage, readSoldMeters } from '#core/usage/measure-usage.ts'
import { payByCredits } from '#core/usage/pay-by-credits.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

/** Takes credits for what a subscription has used until now; calling it again takes nothing twice. */
export async function deductUsage(outer: BusinessCtx, subscription_id: string): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    const subscription = await lockSubscription(ctx, subscription_id)
    const meters = await readSoldMeters(ctx, subscription_id, { lock: true })
    await update(ctx, 'usage_deductions').set({ due_at: null }).where('subscription_id', '=', subscription_id).execute()
    if (subscription.status !== 'active' && subscription.status !== 'past_due') return
    const until = untilWhen(ctx, subscription, meters)
    const measured = await measureUsage(ctx, subscription_id, meters, until)
    await payByCredits(ctx, subscription, measured.filter(onlyRises), { ended: false })
  })
}

/** A sum may fall again and a last value changes: they are paid for when they are known. */
function onlyRises({ meter }: Measured): boolean {
  return meter.aggregation_type === 'count' || meter.aggregation_type === 'max'
}

/** What lies behind a boundary that is not billed yet belongs to the next period. */
function untilWhen(
  ctx: BusinessCtx,
  { next_billing_date }: Subscription,
  meters: readonly { billed_until: Temporal.Instant | null }[],
): Temporal.Instant {
  const now = ctx.clock.now()
  if (next_billing_date === null) return now
  const billed = meters.some(
    ({ billed_until }) => billed_until !== null && Temporal.Instant.compare(billed_until, next_billing_date) >= 0,
  )
  return billed ? now : earlier(now, next_billing_date)
}
