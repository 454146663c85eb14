import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

/** A business has one brand so far, under its own id. */
export function isOwnBrand(ctx: BusinessCtx, brand_id: string | null | undefined): boolean {
  return brand_id === null || brand_id === undefined || brand_id === ctx.business.business_id
}

/** Throws NOT_FOUND for another brand. */
export function assertOwnBrand(ctx: BusinessCtx, brand_id: string | null | undefined): void {
  if (!isOwnBrand(ctx, brand_id))
    throw new AppError('NOT_FOUND', { message: 'There is no such brand', field: 'brand_id' })
}
