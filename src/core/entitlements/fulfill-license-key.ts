import { recordAudit } from '#core/audit/record-audit.ts'
import { keyFieldsOf, licenseConfigOf, markDelivered } from '#core/entitlements/deliver-grant.ts'
import { type GrantWhole, getGrant } from '#core/entitlements/queries.ts'
import { lockGrant } from '#core/entitlements/store.ts'
import { createLicenseKey } from '#core/licenses/create-license-key.ts'
import { lockSubscription } from '#core/subscriptions/store.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

export interface SuppliedKey {
  key: string
  /** The entitlement's where it is not given. */
  activations_limit?: number | undefined
  expires_at?: Temporal.Instant | undefined
}

/**
 * The merchant supplies the key that a pending grant waits for; once. Throws MALFORMED_REQUEST for a grant of something else, CONFLICT
 * where it does not wait or the key is there already, NO_EXPIRY_ON_SUBSCRIPTION_LICENSE_KEYS.
 */
export async function fulfillLicenseKey(
  outer: BusinessCtx,
  grant_id: string,
  supplied: SuppliedKey,
): Promise<GrantWhole> {
  const { subscription_id, entitlement } = await getGrant(outer, grant_id)
  if (entitlement.integration_type !== 'license_key') {
    throw new AppError('MALFORMED_REQUEST', { message: 'This grant is not of a license key' })
  }
  return inTransaction(outer, async (ctx) => {
    if (subscription_id !== null) await lockSubscription(ctx, subscription_id)
    const grant = await lockGrant(ctx, grant_id)
    if (grant.status !== 'Pending') throw new AppError('CONFLICT', { message: 'This grant does not wait for a key' })
    if (subscription_id !== null && supplied.expires_at !== undefined) {
      throw new AppError('NO_EXPIRY_ON_SUBSCRIPTION_LICENSE_KEYS', { field: 'expires_at' })
    }
    const fields = keyFieldsOf(ctx, grant, licenseConfigOf(entitlement))
    const given = Object.fromEntries(Object.entries(supplied).filter(([, value]) => value !== undefined))
    const { license_key_id } = await createLicenseKey(ctx, { ...fields, ...given, source: 'manual' })
    await markDelivered(ctx, grant, license_key_id)
    const { customer_id } = grant
    await recordAudit(ctx, { action: 'entitlement_grant.fulfilled', resource_id: grant_id, customer_id })
    return getGrant(ctx, grant_id)
  })
}
