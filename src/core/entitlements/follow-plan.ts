import { closedBecause, planGrants } from '#billing/grant.ts'
import type { SubscriptionStatus } from '#billing/status.ts'
import { createGrants } from '#core/entitlements/create-grants.ts'
import { deliverGrant } from '#core/entitlements/deliver-grant.ts'
import { countOf } from '#core/entitlements/grant-purchase.ts'
import { revokeGrants } from '#core/entitlements/revoke-grants.ts'
import { lockGrantsOfSubscription, readEntitlementsOf, updateGrant } from '#core/entitlements/store.ts'
import { moveLicenseKey } from '#core/licenses/store.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface Switched {
  subscription_id: string
  customer_id: string
  product_id: string
  quantity: number
  status: SubscriptionStatus
}

/**
 * A locked subscription has another plan, and is handed in as it is now. What both plans unlock stays, key and devices with it; the
 * rest is revoked, and what is new is delivered once the subscription is open.
 */
export async function followPlan(ctx: BusinessCtx, subscription: Switched): Promise<void> {
  const { subscription_id, product_id, quantity, status } = subscription
  const entitlements = await readEntitlementsOf(ctx, product_id)
  const wanted = entitlements.map((entitlement) => {
    const { entitlement_id } = entitlement
    return { entitlement_id, count: countOf(entitlement, quantity) }
  })
  const { kept, revoked, created } = planGrants(await lockGrantsOfSubscription(ctx, subscription_id), wanted)
  await revokeGrants(ctx, revoked, 'plan_changed')
  for (const { grant_id, license_key_id } of kept.filter((grant) => grant.product_id !== product_id)) {
    await updateGrant(ctx, grant_id, { product_id })
    if (license_key_id !== null) await moveLicenseKey(ctx, license_key_id, product_id)
  }
  for (const { entitlement_id, count } of created) {
    const entitlement = entitlements.find((candidate) => candidate.entitlement_id === entitlement_id)
    if (entitlement === undefined) throw new Error('what is created was wanted')
    const grants = await createGrants(ctx, entitlement, { ...subscription, payment_id: null }, count)
    if (closedBecause(status) !== undefined) continue
    for (const grant of grants) await deliverGrant(ctx, grant, entitlement)
  }
}
