import type { RevocationReason } from '#billing/grant.ts'
import { type Grant, updateGrant } from '#core/entitlements/store.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { closeLicenseKey } from '#core/licenses/store.ts'
import type { BusinessCtx } from '#src/context.ts'

/** Closes locked grants and their keys. One that is revoked already only has another reason from now on. */
export async function revokeGrants(
  ctx: BusinessCtx,
  grants: readonly Grant[],
  revocation_reason: RevocationReason,
): Promise<void> {
  for (const { grant_id, license_key_id, customer_id, status, revoked_at } of grants) {
    await updateGrant(ctx, grant_id, {
      status: 'Revoked',
      revocation_reason,
      revoked_at: revoked_at ?? ctx.clock.now(),
    })
    if (license_key_id !== null) {
      await closeLicenseKey(ctx, license_key_id, revocation_reason === 'subscription_expired' ? 'expired' : 'disabled')
    }
    if (status !== 'Revoked') {
      await recordEvent(ctx, { type: 'entitlement_grant.revoked', resource_id: grant_id, customer_id })
    }
  }
}
