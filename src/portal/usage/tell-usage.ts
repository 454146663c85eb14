// What a subscription measures, as the pages say it.
import type { SubscriptionListed } from '#core/subscriptions/queries.ts'
import { usedSoFar } from '#core/usage/preview-usage.ts'
import { readRunningUsage } from '#core/usage/running-usage.ts'
import type { SubscriptionUsage } from '#portal/usage/subscription-usage.tsx'
import type { BusinessCtx } from '#src/context.ts'

/** Null where it pays by no meter, or counts nothing any more. */
export async function tellUsage(ctx: BusinessCtx, subscription: SubscriptionListed): Promise<SubscriptionUsage | null> {
  if (subscription.meters.length === 0 || !COUNTS.has(subscription.status)) return null
  const [running, so_far] = await Promise.all([readRunningUsage(ctx, subscription), usedSoFar(ctx, subscription)])
  if (running === null) return null
  const { subscription_id, product_name, currency, status, in_trial, cancel_at_next_billing_date } = subscription
  return {
    ...{ subscription_id, product_name, currency, so_far },
    is_last: cancel_at_next_billing_date,
    rests: status === 'paused' || status === 'on_hold',
    in_trial: status === 'active' && in_trial,
    ...running,
  }
}

const COUNTS: ReadonlySet<SubscriptionListed['status']> = new Set(['active', 'past_due', 'on_hold', 'paused'])
