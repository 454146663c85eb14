import type { Selectable } from 'kysely'
import { from } from '#core/scope.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError, notFound } from '#src/errors.ts'

export type Brand = Selectable<DB['brands']>

/** The business as its own, primary brand, whose picture is its logo. */
function primaryOf({ business }: BusinessCtx): Omit<Brand, 'created_at'> {
  const { business_id, name, support_email, archived_at, theme } = business
  const own = { business_id, brand_id: business_id, name, support_email, archived_at }
  return { ...own, description: null, url: null, statement_descriptor: null, image: theme?.logo ?? null }
}

/** Throws NOT_FOUND. */
export async function getBrand(ctx: BusinessCtx, brand_id: string): Promise<Omit<Brand, 'created_at'>> {
  if (brand_id === ctx.business.business_id) return primaryOf(ctx)
  const brand = await findBrand(ctx, brand_id)
  if (brand === undefined) throw notFound('brand')
  return brand
}

/** One beside the business itself; null is the business, which needs no other words than its own. */
export async function findBrand(ctx: BusinessCtx, brand_id: string | null): Promise<Brand | undefined> {
  if (brand_id === null) return undefined
  return from(ctx, 'brands').selectAll().where('brand_id', '=', brand_id).executeTakeFirst()
}

/** The primary one first, then the newest. */
export async function listBrands(ctx: BusinessCtx, { archived }: { archived: boolean }) {
  let query = from(ctx, 'brands').selectAll()
  if (!archived) query = query.where('archived_at', 'is', null)
  return [primaryOf(ctx), ...(await query.orderBy('created_at', 'desc').orderBy('brand_id', 'desc').execute())]
}

/** What a column holds for a brand that is named: null for the primary one; undefined where none is. Unknown brands may be asked for. */
export function brandColumn(ctx: BusinessCtx, brand_id: string | null | undefined): string | null | undefined {
  return brand_id === ctx.business.business_id ? null : brand_id
}

/** The same for what is to have the brand from now on. Throws NOT_FOUND, and BRAND_NOT_ENABLED for an archived one. */
export async function takeBrand(
  ctx: BusinessCtx,
  brand_id: string | null | undefined,
  field = 'brand_id',
): Promise<string | null | undefined> {
  const column = brandColumn(ctx, brand_id)
  if (column === null || column === undefined) return column
  const brand = await findBrand(ctx, column)
  if (brand === undefined) throw new AppError('NOT_FOUND', { message: 'There is no such brand', field })
  if (brand.archived_at !== null) throw new AppError('BRAND_NOT_ENABLED', { field })
  return column
}
