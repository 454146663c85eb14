// What the cancel form is drawn from: what the business allows, and what ending now gives back and charges.
import { getSettings } from '#core/businesses/queries.ts'
import { previewCancellation } from '#core/subscriptions/preview-cancellation.ts'
import type { SubscriptionListed } from '#core/subscriptions/queries.ts'
import type { CancellationOptions } from '#portal/cancellation/cancel-form.tsx'
import type { AppContext } from '#src/app-env.ts'

export async function cancellationOptions(
  c: AppContext,
  subscription: SubscriptionListed,
): Promise<CancellationOptions> {
  const { ctx } = c.var.visitor
  const [settings, preview] = await Promise.all([getSettings(ctx), previewCancellation(ctx, subscription)])
  const { used, ...gives_back } = preview
  return {
    allowed: settings.allow_subscription_cancellation,
    at_next_billing_date: settings.allow_cancellation_at_next_billing_date,
    gives_back,
    used,
    days_left: daysLeft(subscription, ctx.clock.now()),
  }
}

/** Of a period that was paid for: while it runs, and while it is paused. */
function daysLeft(
  { status, on_demand, in_trial, paused_at, next_billing_date: end }: SubscriptionListed,
  now: Temporal.Instant,
): number | null {
  if (on_demand) return null
  const since = status === 'paused' ? paused_at : status === 'active' && !in_trial ? now : null
  return since === null || end === null ? null : Math.floor(end.since(since).total('hours') / 24)
}
