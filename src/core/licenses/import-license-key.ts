import { recordAudit } from '#core/audit/record-audit.ts'
import { getProductName } from '#core/catalog/queries.ts'
import { getCustomer } from '#core/customers/queries.ts'
import { createLicenseKey, type NewLicenseKey } from '#core/licenses/create-license-key.ts'
import type { LicenseKeyRow } from '#core/licenses/queries.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

export type ImportedKey = Required<
  Pick<NewLicenseKey, 'key' | 'customer_id' | 'product_id' | 'activations_limit' | 'expires_at'>
>

/** A key from elsewhere, without a purchase: nobody is told. Throws NOT_FOUND, and CONFLICT where the key is there already. */
export async function importLicenseKey(outer: BusinessCtx, imported: ImportedKey): Promise<LicenseKeyRow> {
  return inTransaction(outer, async (ctx) => {
    await getCustomer(ctx, imported.customer_id)
    await getProductName(ctx, imported.product_id)
    const purchase = { payment_id: null, subscription_id: null }
    const key = await createLicenseKey(ctx, { ...imported, ...purchase, source: 'import' })
    const { license_key_id, customer_id } = key
    await recordAudit(ctx, { action: 'license_key.imported', resource_id: license_key_id, customer_id })
    return key
  })
}
