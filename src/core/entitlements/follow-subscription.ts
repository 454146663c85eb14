import { decideGrant } from '#billing/grant.ts'
import type { SubscriptionStatus } from '#billing/status.ts'
import { deliverGrant } from '#core/entitlements/deliver-grant.ts'
import { revokeGrants } from '#core/entitlements/revoke-grants.ts'
import { lockGrantsOfSubscription, readEntitlement } from '#core/entitlements/store.ts'
import type { BusinessCtx } from '#src/context.ts'

interface Followed {
  subscription_id: string
  status: SubscriptionStatus
}

/**
 * What a subscription unlocks follows its status. Called with the row as it is after every change of status, in the same transaction;
 * calling it again changes nothing. Open while active and in grace, at rest on hold and paused, closed for good by an end.
 */
export async function followSubscription(ctx: BusinessCtx, subscription: Followed): Promise<void> {
  for (const grant of await lockGrantsOfSubscription(ctx, subscription.subscription_id)) {
    const decision = decideGrant(grant, subscription.status)
    if (decision.type === 'deliver') {
      await deliverGrant(ctx, grant, await readEntitlement(ctx, grant.entitlement_id))
    }
    if (decision.type === 'revoke') await revokeGrants(ctx, [grant], decision.reason)
  }
}
