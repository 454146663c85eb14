import { recordAudit } from '#core/audit/record-audit.ts'
import type { BrandFields } from '#core/brands/create-brand.ts'
import type { Brand } from '#core/brands/queries.ts'
import { lockBrand } from '#core/brands/store.ts'
import { update } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

/** Changes what is named. Throws UNABLE_TO_EDIT_PRIMARY_BRAND, and BRAND_NOT_ENABLED for an archived one. */
export async function updateBrand(outer: BusinessCtx, brand_id: string, change: Partial<BrandFields>): Promise<Brand> {
  return inTransaction(outer, async (ctx) => {
    const brand = await lockBrand(ctx, brand_id)
    if (Object.keys(change).length === 0) return brand
    await recordAudit(ctx, { action: 'brand.updated', resource_id: brand_id, customer_id: null })
    return update(ctx, 'brands').set(change).where('brand_id', '=', brand_id).returningAll().executeTakeFirstOrThrow()
  })
}
