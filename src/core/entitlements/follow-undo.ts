import { followPlan, type Switched } from '#core/entitlements/follow-plan.ts'
import { followSubscription } from '#core/entitlements/follow-subscription.ts'
import { lockGrantsOfSubscription, updateGrant } from '#core/entitlements/store.ts'
import type { BusinessCtx } from '#src/context.ts'

/**
 * A change of plan made at `since` was taken back, and the subscription is handed in as it is now: what the change took away comes back,
 * keys and devices as they were, and what it brought is revoked.
 */
export async function followUndo(ctx: BusinessCtx, subscription: Switched, since: Temporal.Instant): Promise<void> {
  for (const grant of await lockGrantsOfSubscription(ctx, subscription.subscription_id)) {
    const { grant_id, revocation_reason, revoked_at } = grant
    if (revocation_reason !== 'plan_changed' || revoked_at === null) continue
    if (Temporal.Instant.compare(revoked_at, since) < 0) continue
    await updateGrant(ctx, grant_id, { revocation_reason: 'subscription_on_hold' })
  }
  await followPlan(ctx, subscription)
  await followSubscription(ctx, subscription)
}
