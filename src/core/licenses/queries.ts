import type { Selectable } from 'kysely'
import type { LicenseKeyRow } from '#core/licenses/store.ts'
import { from, on } from '#core/scope.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError, notFound } from '#src/errors.ts'

export type { LicenseKeyRow } from '#core/licenses/store.ts'
export type LicenseKey = Selectable<DB['license_keys']> & { product_name: string }

/** Each with what it is for. */
export function keysWithProducts(ctx: BusinessCtx) {
  return from(ctx, 'license_keys')
    .innerJoin('products', on('products.product_id', 'license_keys.product_id'))
    .selectAll('license_keys')
    .select('products.name as product_name')
}

/** The newest keys of a customer, with what they are for. */
export async function listLicenseKeys(ctx: BusinessCtx, customer_id: string, limit: number): Promise<LicenseKey[]> {
  return keysWithProducts(ctx)
    .where('license_keys.customer_id', '=', customer_id)
    .orderBy('license_keys.created_at', 'desc')
    .orderBy('license_keys.license_key_id', 'desc')
    .limit(limit)
    .execute()
}

export type LicenseKeyInstance = Selectable<DB['license_key_instances']>

/** Throws LICENSE_KEY_NOT_FOUND. */
export async function getLicenseKey(ctx: BusinessCtx, license_key_id: string): Promise<LicenseKeyRow> {
  const key = await from(ctx, 'license_keys')
    .selectAll()
    .where('license_key_id', '=', license_key_id)
    .executeTakeFirst()
  if (key === undefined) throw new AppError('LICENSE_KEY_NOT_FOUND')
  return key
}

export async function findInstance(
  ctx: BusinessCtx,
  license_key_instance_id: string,
): Promise<LicenseKeyInstance | undefined> {
  return from(ctx, 'license_key_instances')
    .selectAll()
    .where('license_key_instance_id', '=', license_key_instance_id)
    .executeTakeFirst()
}

export async function getInstance(ctx: BusinessCtx, license_key_instance_id: string): Promise<LicenseKeyInstance> {
  const instance = await findInstance(ctx, license_key_instance_id)
  if (instance === undefined) throw notFound('license key instance')
  return instance
}

/** The keys a payment, or the subscription it began, brought. */
export async function listKeysBought(
  ctx: BusinessCtx,
  bought: { payment_id: string | null; subscription_id: string | null },
): Promise<string[]> {
  const rows = await from(ctx, 'license_keys')
    .select('key')
    .where((eb) =>
      eb.or([eb('payment_id', '=', bought.payment_id ?? ''), eb('subscription_id', '=', bought.subscription_id ?? '')]),
    )
    .orderBy('license_key_id')
    .execute()
  return rows.map((row) => row.key)
}
