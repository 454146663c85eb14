import { recordAudit } from '#core/audit/record-audit.ts'
import type { BrandFields } from '#core/brands/create-brand.ts'
import type { Brand } from '#core/brands/queries.ts'
import { lockBrand } from '#core/brands/store.ts'
import { imageColumn } from '#core/images/queries.ts'
import { update } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

export interface BrandChange extends Partial<BrandFields> {
  /** Of a picture that was uploaded; null takes it away. */
  image_id?: string | null
}

/** Changes what is named. Throws UNABLE_TO_EDIT_PRIMARY_BRAND, and BRAND_NOT_ENABLED for an archived one. */
export async function updateBrand(outer: BusinessCtx, brand_id: string, change: BrandChange): Promise<Brand> {
  return inTransaction(outer, async (ctx) => {
    const brand = await lockBrand(ctx, brand_id)
    if (Object.keys(change).length === 0) return brand
    const { image_id, ...columns } = change
    const image = await imageColumn(ctx, 'brands', image_id)
    await recordAudit(ctx, { action: 'brand.updated', resource_id: brand_id, customer_id: null })
    return update(ctx, 'brands')
      .set({ ...columns, ...image })
      .where('brand_id', '=', brand_id)
      .returningAll()
      .executeTakeFirstOrThrow()
  })
}
