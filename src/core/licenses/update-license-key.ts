// What a merchant may change of a key: its limit, its end, and whether it works.
import { closedBecause, isMerchants, isResting } from '#billing/grant.ts'
import { statusWhenOpened } from '#billing/license-key.ts'
import { hasEnded } from '#billing/status.ts'
import { recordAudit } from '#core/audit/record-audit.ts'
import { deliverGrant } from '#core/entitlements/deliver-grant.ts'
import { revokeGrants } from '#core/entitlements/revoke-grants.ts'
import { type Grant, lockGrantOfKey, readEntitlement } from '#core/entitlements/store.ts'
import { getLicenseKey, type LicenseKeyRow } from '#core/licenses/queries.ts'
import { closeLicenseKey, lockLicenseKey, openLicenseKey, setStatus } from '#core/licenses/store.ts'
import { update } from '#core/scope.ts'
import { lockSubscription, type Subscription } from '#core/subscriptions/store.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

export interface LicenseKeyChange {
  /** null: as many devices as wanted. */
  activations_limit?: number | null
  /** null: for ever. */
  expires_at?: Temporal.Instant | null
  disabled?: boolean
}

/**
 * Throws ACTIVATION_LIMIT_LESS_THAN_CURRENT_AMOUNT, NO_EXPIRY_ON_SUBSCRIPTION_LICENSE_KEYS, and UNSUPPORTED_ACTION where a key is enabled
 * whose purchase has ended.
 */
export async function updateLicenseKey(
  outer: BusinessCtx,
  license_key_id: string,
  change: LicenseKeyChange,
): Promise<LicenseKeyRow> {
  const { subscription_id } = await getLicenseKey(outer, license_key_id)
  return inTransaction(outer, async (ctx) => {
    const subscription = subscription_id === null ? undefined : await lockSubscription(ctx, subscription_id)
    const grant = await lockGrantOfKey(ctx, license_key_id)
    const key = await lockLicenseKey(ctx, license_key_id)
    if (change.activations_limit !== undefined) await setLimit(ctx, key, change.activations_limit)
    if (change.expires_at !== undefined) await setEnd(ctx, key, grant, change.expires_at)
    if (change.disabled === true) await disable(ctx, key, grant)
    if (change.disabled === false) await enable(ctx, key, grant, subscription)
    await recordAudit(ctx, {
      action: 'license_key.updated',
      resource_id: license_key_id,
      customer_id: key.customer_id,
      details: { fields: Object.keys(change).sort().join(' ') },
    })
    return getLicenseKey(ctx, license_key_id)
  })
}

async function setLimit(ctx: BusinessCtx, key: LicenseKeyRow, activations_limit: number | null): Promise<void> {
  if (activations_limit !== null && activations_limit < key.instances_count) {
    throw new AppError('ACTIVATION_LIMIT_LESS_THAN_CURRENT_AMOUNT', { field: 'activations_limit' })
  }
  await write(ctx, key, { activations_limit })
}

/** An end that has come expires it; one that is moved ahead brings it back, unless it is closed for another reason. */
async function setEnd(
  ctx: BusinessCtx,
  key: LicenseKeyRow,
  grant: Grant | undefined,
  expires_at: Temporal.Instant | null,
): Promise<void> {
  if (key.subscription_id !== null) {
    if (expires_at === null) return
    throw new AppError('NO_EXPIRY_ON_SUBSCRIPTION_LICENSE_KEYS', { field: 'expires_at' })
  }
  await write(ctx, key, { expires_at })
  const opened = statusWhenOpened(expires_at, ctx.clock.now())
  const closed = key.status === 'disabled' || grant?.status === 'Revoked'
  await setStatus(ctx, key.license_key_id, closed && opened === 'active' ? 'disabled' : opened)
}

/** Its grant is revoked with it. What is closed already stays closed, and what only rested no longer opens by itself. */
async function disable(ctx: BusinessCtx, { license_key_id }: LicenseKeyRow, grant: Grant | undefined): Promise<void> {
  if (grant === undefined) return closeLicenseKey(ctx, license_key_id, 'disabled')
  if (grant.status !== 'Revoked' || isResting(grant)) await revokeGrants(ctx, [grant], 'license_key_disabled')
}

async function enable(
  ctx: BusinessCtx,
  { license_key_id, status }: LicenseKeyRow,
  grant: Grant | undefined,
  subscription: Subscription | undefined,
): Promise<void> {
  if (grant === undefined) return status === 'disabled' ? openLicenseKey(ctx, license_key_id) : undefined
  if (grant.status === 'Delivered' || isResting(grant)) return
  const ended = subscription !== undefined && hasEnded(subscription.status)
  if (!isMerchants(grant) || ended) {
    throw new AppError('UNSUPPORTED_ACTION', {
      message: 'What this key came with has ended or was replaced; it stays disabled',
      field: 'disabled',
    })
  }
  const reason = subscription === undefined ? undefined : closedBecause(subscription.status)
  if (reason !== undefined) return revokeGrants(ctx, [grant], reason)
  await deliverGrant(ctx, grant, await readEntitlement(ctx, grant.entitlement_id))
}

async function write(
  ctx: BusinessCtx,
  { license_key_id }: LicenseKeyRow,
  change: Pick<LicenseKeyChange, 'activations_limit' | 'expires_at'>,
): Promise<void> {
  await update(ctx, 'license_keys').set(change).where('license_key_id', '=', license_key_id).execute()
}
