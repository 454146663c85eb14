import { getLicenseKey, keysWithProducts, type LicenseKey } from '#core/licenses/queries.ts'
import type { BusinessCtx } from '#src/context.ts'

/** One for each unit or seat of a purchase: made one after the other. */
const TOGETHER = Temporal.Duration.from({ minutes: 1 })

/** The keys of one purchase or change of plan that came with this one, itself among them, oldest first. */
export async function listKeysIssuedTogether(ctx: BusinessCtx, license_key_id: string): Promise<LicenseKey[]> {
  const { customer_id, product_id, payment_id, subscription_id, created_at } = await getLicenseKey(ctx, license_key_id)
  return keysWithProducts(ctx)
    .where('license_keys.customer_id', '=', customer_id)
    .where('license_keys.product_id', '=', product_id)
    .where('license_keys.payment_id', 'is not distinct from', payment_id)
    .where('license_keys.subscription_id', 'is not distinct from', subscription_id)
    .where('license_keys.source', '<>', 'import')
    .where('license_keys.created_at', '>', created_at.subtract(TOGETHER))
    .where('license_keys.created_at', '<', created_at.add(TOGETHER))
    .orderBy('license_keys.license_key_id')
    .execute()
}
