import { createGrants, type Purchase } from '#core/entitlements/create-grants.ts'
import { deliverGrant } from '#core/entitlements/deliver-grant.ts'
import { type Entitlement, readEntitlementsOf } from '#core/entitlements/store.ts'
import type { BusinessCtx } from '#src/context.ts'

/** A product was bought, or a subscription to it began: what it unlocks is delivered. A renewal brings nothing new. */
export async function grantPurchase(ctx: BusinessCtx, purchase: Purchase & { quantity: number }): Promise<void> {
  for (const entitlement of await readEntitlementsOf(ctx, purchase.product_id)) {
    const grants = await createGrants(ctx, entitlement, purchase, countOf(entitlement, purchase.quantity))
    for (const grant of grants) await deliverGrant(ctx, grant, entitlement)
  }
}

/** One license key for each unit or seat; of everything else, one. */
export function countOf({ integration_type }: Entitlement, quantity: number): number {
  return integration_type === 'license_key' ? quantity : 1
}
