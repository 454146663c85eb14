// What becomes of a subscription when an invoice of its usage is decided. Called by settling, with subscription and dues locked.
import { hasEnded } from '#billing/status.ts'
import { recordAudit } from '#core/audit/record-audit.ts'
import { followSubscription } from '#core/entitlements/follow-subscription.ts'
import { recordEvent } from '#core/events/record-event.ts'
import type { Dues } from '#core/payments/queries.ts'
import { stopRunning } from '#core/plan-changes/settle-plan-change.ts'
import { keepPayLink } from '#core/recovery/pay-links.ts'
import { holdSubscription } from '#core/subscriptions/hold-subscription.ts'
import { reactivateSubscription } from '#core/subscriptions/reactivate-subscription.ts'
import { type Subscription, updateSubscriptionRow } from '#core/subscriptions/store.ts'
import type { BusinessCtx } from '#src/context.ts'

/** On hold for exactly that, also from a pause, which keeps its date. One that has ended goes on owing it, and has a link to pay it. */
export async function declineUsage(ctx: BusinessCtx, subscription: Subscription): Promise<void> {
  if (subscription.status === 'active') await stopRunning(ctx, subscription)
  if (subscription.status === 'paused') await holdSubscription(ctx, subscription)
  if (hasEnded(subscription.status)) await keepPayLink(ctx, subscription)
}

/** Paid: the hold ends. One that was paused before goes on pausing, as if it had all the time. */
export async function settleUsage(ctx: BusinessCtx, subscription: Subscription, dues: Dues): Promise<void> {
  const { subscription_id, customer_id, status, paused_at } = subscription
  if (status !== 'on_hold') return
  if (paused_at === null) return reactivateSubscription(ctx, subscription, dues)
  const paused = await updateSubscriptionRow(ctx, subscription_id, { status: 'paused', on_hold_at: null })
  await followSubscription(ctx, paused)
  await recordEvent(ctx, { type: 'subscription.paused', resource_id: subscription_id, customer_id })
  await recordAudit(ctx, { action: 'subscription.paused', resource_id: subscription_id, customer_id })
}
