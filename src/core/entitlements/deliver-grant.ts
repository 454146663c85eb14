import { periodBoundary } from '#billing/period.ts'
import { type Entitlement, type Grant, updateGrant } from '#core/entitlements/store.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { createLicenseKey, type NewLicenseKey } from '#core/licenses/create-license-key.ts'
import { openLicenseKey } from '#core/licenses/store.ts'
import type { LicenseKeyConfig } from '#db/json-types.ts'
import type { BusinessCtx } from '#src/context.ts'

/** What a locked grant promises is there, for the first time or again. One that waits for the merchant's key goes on waiting. */
export async function deliverGrant(ctx: BusinessCtx, grant: Grant, entitlement: Entitlement): Promise<Grant> {
  if (entitlement.integration_type !== 'license_key') return markDelivered(ctx, grant, null)
  if (grant.license_key_id !== null) {
    await openLicenseKey(ctx, grant.license_key_id)
    return markDelivered(ctx, grant, grant.license_key_id)
  }
  const config = licenseConfigOf(entitlement)
  if (config.fulfillment_mode === 'manual') return markWaiting(ctx, grant)
  const { license_key_id } = await createLicenseKey(ctx, { ...keyFieldsOf(ctx, grant, config), source: 'auto' })
  return markDelivered(ctx, grant, license_key_id)
}

export function licenseConfigOf(entitlement: Entitlement): LicenseKeyConfig {
  return entitlement.integration_config as LicenseKeyConfig
}

/** A key of a grant by its entitlement's configuration. A subscription's keys have no end of their own. */
export function keyFieldsOf(ctx: BusinessCtx, grant: Grant, config: LicenseKeyConfig): Omit<NewLicenseKey, 'source'> {
  const { customer_id, product_id, payment_id, subscription_id } = grant
  const { duration_count: count, duration_interval: interval, activations_limit } = config
  const lasts = count !== null && interval !== null && subscription_id === null
  const expires_at = lasts ? periodBoundary(ctx.clock.now(), { count, interval }, 1) : null
  return { customer_id, product_id, payment_id, subscription_id, activations_limit, expires_at }
}

export async function markDelivered(ctx: BusinessCtx, grant: Grant, license_key_id: string | null): Promise<Grant> {
  const delivered = await updateGrant(ctx, grant.grant_id, {
    status: 'Delivered',
    license_key_id,
    delivered_at: ctx.clock.now(),
    ...notRevoked,
  })
  const { grant_id: resource_id, customer_id } = grant
  const data = { first: grant.delivered_at === null }
  await recordEvent(ctx, { type: 'entitlement_grant.delivered', resource_id, customer_id, data })
  return delivered
}

async function markWaiting(ctx: BusinessCtx, grant: Grant): Promise<Grant> {
  return grant.status === 'Pending' ? grant : updateGrant(ctx, grant.grant_id, { status: 'Pending', ...notRevoked })
}

const notRevoked = { revoked_at: null, revocation_reason: null }
