import { isMerchants } from '#billing/grant.ts'
import { revokeGrants } from '#core/entitlements/revoke-grants.ts'
import { lockGrantsOfPayment } from '#core/entitlements/store.ts'
import type { BusinessCtx } from '#src/context.ts'

/** A payment was given back in full: what was bought once with it closes for good. A subscription keeps what it unlocks until it ends. */
export async function followRefund(ctx: BusinessCtx, payment_id: string): Promise<void> {
  const grants = await lockGrantsOfPayment(ctx, payment_id)
  const open = grants.filter((grant) => grant.status !== 'Revoked' || isMerchants(grant))
  await revokeGrants(ctx, open, 'refund')
}
