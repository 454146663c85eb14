import { recordAudit } from '#core/audit/record-audit.ts'
import { endCredits } from '#core/credit-entitlements/turn-cycle.ts'
import { moveCreditToWallet } from '#core/credits/move-to-wallet.ts'
import { endDunning } from '#core/dunning/end-dunning.ts'
import { startDunning } from '#core/dunning/start-dunning.ts'
import { followSubscription } from '#core/entitlements/follow-subscription.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { waiveCarried } from '#core/payments/carried-amounts.ts'
import { voidDuesOf } from '#core/payments/store.ts'
import { dropWaiting } from '#core/plan-changes/store.ts'
import { type Subscription, updateSubscriptionRow } from '#core/subscriptions/store.ts'
import type { GivenBack } from '#core/subscriptions/unused-time.ts'
import { finalUsage } from '#core/usage/bill-usage.ts'
import type { Facts } from '#db/json-types.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface End {
  status: 'cancelled' | 'expired'
  at: Temporal.Instant
  /** Why, where nobody asked for it just now: it was scheduled, or what was owed was not paid. */
  because?: 'scheduled' | 'unpaid'
  /** Unused time, in minor units. */
  given_back?: GivenBack
}

/**
 * Ends a locked subscription for good: nothing renews or changes, unpaid dues are void, what was used is owed, its keys stop working, credit that was paid for
 * moves to the wallet. A payment still under way is left to settle; if it succeeds it is refunded.
 */
export async function endSubscription(ctx: BusinessCtx, subscription: Subscription, end: End): Promise<Subscription> {
  const { subscription_id, customer_id } = subscription
  await dropWaiting(ctx, subscription_id, ['scheduled', 'pending'])
  await voidDuesOf(ctx, subscription_id)
  await finalUsage(ctx, subscription, end.at)
  await moveCreditToWallet(ctx, subscription, `end:${subscription_id}`)
  await waiveCarried(ctx, subscription)
  await endCredits(ctx, subscription)
  const ended = await updateSubscriptionRow(ctx, subscription_id, {
    status: end.status,
    cancelled_at: end.status === 'cancelled' ? end.at : null,
    next_attempt_at: null,
    paused_at: null,
    paused_by: null,
    resumes_at: null,
    past_due_ends_at: null,
    past_due_action: null,
    cancel_at_next_billing_date: false,
  })
  await followSubscription(ctx, ended)
  const type = end.status === 'cancelled' ? 'subscription.cancelled' : 'subscription.expired'
  await recordEvent(ctx, { type, resource_id: subscription_id, customer_id, data: factsOf(end) })
  await recordAudit(ctx, { action: type, resource_id: subscription_id, customer_id })
  await endDunning(ctx, subscription_id, 'exhausted')
  if (end.status === 'cancelled' && wantsBack(ended)) await startDunning(ctx, ended, 'cancelled')
  return ended
}

function factsOf({ at, because, given_back }: End): Facts {
  const { to_method = 0, to_wallet = 0 } = given_back ?? {}
  return { at: at.toString(), because: because ?? 'asked', to_method, to_wallet }
}

/** Whoever left by themselves may be asked to come back, and whomever the merchant says so of. */
function wantsBack({ cancel_reason }: Subscription): boolean {
  return cancel_reason === 'cancelled_by_customer' || cancel_reason === 'cancelled_by_merchant_send_dunning'
}
