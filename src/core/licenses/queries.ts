import type { Selectable } from 'kysely'
import { from } from '#core/scope.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'

export type LicenseKey = Selectable<DB['license_keys']> & { product_name: string }

/** The newest keys of a customer, with what they are for. */
export async function listLicenseKeys(ctx: BusinessCtx, customer_id: string, limit: number): Promise<LicenseKey[]> {
  return from(ctx, 'license_keys')
    .innerJoin('products', (join) =>
      join
        .onRef('products.business_id', '=', 'license_keys.business_id')
        .onRef('products.product_id', '=', 'license_keys.product_id'),
    )
    .selectAll('license_keys')
    .select('products.name as product_name')
    .where('license_keys.customer_id', '=', customer_id)
    .orderBy('license_keys.created_at', 'desc')
    .orderBy('license_keys.license_key_id', 'desc')
    .limit(limit)
    .execute()
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
