// Writes and locks of license keys. Whether a key works follows its grant; these are told by the verbs of grants.
import type { Selectable } from 'kysely'
import { statusWhenOpened } from '#billing/license-key.ts'
import { from, update } from '#core/scope.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

export type LicenseKeyRow = Selectable<DB['license_keys']>

export async function lockLicenseKey(ctx: BusinessCtx, license_key_id: string): Promise<LicenseKeyRow> {
  const key = await from(ctx, 'license_keys')
    .selectAll()
    .where('license_key_id', '=', license_key_id)
    .forUpdate()
    .executeTakeFirst()
  if (key === undefined) throw new AppError('LICENSE_KEY_NOT_FOUND')
  return key
}

/** It works again, unless its own time has passed. */
export async function openLicenseKey(ctx: BusinessCtx, license_key_id: string): Promise<void> {
  const { expires_at } = await lockLicenseKey(ctx, license_key_id)
  await setStatus(ctx, license_key_id, statusWhenOpened(expires_at, ctx.clock.now()))
}

/** It stops; one that has expired stays expired. */
export async function closeLicenseKey(
  ctx: BusinessCtx,
  license_key_id: string,
  status: 'disabled' | 'expired',
): Promise<void> {
  const key = await lockLicenseKey(ctx, license_key_id)
  if (key.status !== 'expired') await setStatus(ctx, license_key_id, status)
}

export async function setStatus(
  ctx: BusinessCtx,
  license_key_id: string,
  status: LicenseKeyRow['status'],
): Promise<void> {
  await update(ctx, 'license_keys').set({ status }).where('license_key_id', '=', license_key_id).execute()
}

/** The key goes with its subscription to another product. */
export async function moveLicenseKey(ctx: BusinessCtx, license_key_id: string, product_id: string): Promise<void> {
  await update(ctx, 'license_keys').set({ product_id }).where('license_key_id', '=', license_key_id).execute()
}

export async function setInstancesCount(ctx: BusinessCtx, license_key_id: string, instances_count: number) {
  await update(ctx, 'license_keys').set({ instances_count }).where('license_key_id', '=', license_key_id).execute()
}
