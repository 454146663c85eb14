import type { Brand } from '#core/brands/queries.ts'
import { from } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError, notFound } from '#src/errors.ts'

/** One that can be changed. Throws NOT_FOUND, UNABLE_TO_EDIT_PRIMARY_BRAND, and BRAND_NOT_ENABLED, as a conflict, for an archived one. */
export async function lockBrand(ctx: BusinessCtx, brand_id: string): Promise<Brand> {
  if (brand_id === ctx.business.business_id) throw new AppError('UNABLE_TO_EDIT_PRIMARY_BRAND')
  const brand = await from(ctx, 'brands').selectAll().where('brand_id', '=', brand_id).forUpdate().executeTakeFirst()
  if (brand === undefined) throw notFound('brand')
  if (brand.archived_at !== null) {
    throw new AppError('BRAND_NOT_ENABLED', { message: 'The brand is archived', status: 409 })
  }
  return brand
}
