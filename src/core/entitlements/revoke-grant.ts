import { isResting } from '#billing/grant.ts'
import { recordAudit } from '#core/audit/record-audit.ts'
import { type GrantWhole, getGrant } from '#core/entitlements/queries.ts'
import { revokeGrants } from '#core/entitlements/revoke-grants.ts'
import { lockGrant } from '#core/entitlements/store.ts'
import { lockSubscription } from '#core/subscriptions/store.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

/** The merchant takes it from the customer. What was revoked before stays as it is, except that what only rested is closed. */
export async function revokeGrant(outer: BusinessCtx, entitlement_id: string, grant_id: string): Promise<GrantWhole> {
  const known = await getGrant(outer, grant_id)
  if (known.entitlement_id !== entitlement_id) throw notFound('grant')
  return inTransaction(outer, async (ctx) => {
    if (known.subscription_id !== null) await lockSubscription(ctx, known.subscription_id)
    const grant = await lockGrant(ctx, grant_id)
    if (grant.status !== 'Revoked' || isResting(grant)) {
      await revokeGrants(ctx, [grant], 'manual')
      const { customer_id } = grant
      await recordAudit(ctx, { action: 'entitlement_grant.revoked', resource_id: grant_id, customer_id })
    }
    return getGrant(ctx, grant_id)
  })
}
