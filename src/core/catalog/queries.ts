import type { Selectable } from 'kysely'
import { type ProductMeter, readProductMeters } from '#core/catalog/product-meters.ts'
import { type ProductCredit, readProductCredits } from '#core/credit-entitlements/product-credits.ts'
import { type ToldFile, withFiles } from '#core/files/queries.ts'
import { offsetOf, type Page } from '#core/paging.ts'
import { from, on } from '#core/scope.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

export type Product = Selectable<DB['products']> & {
  addons: string[]
  /** What units cost, where the price is by usage. */
  meters: ProductMeter[]
  product_collection_id: string | null
  entitlements: ProductEntitlement[]
  /** What it grants of each credit, in order. */
  credits: ProductCredit[]
}
export type ProductEntitlement = Pick<
  Selectable<DB['entitlements']>,
  'entitlement_id' | 'name' | 'description' | 'integration_type' | 'integration_config'
> & {
  /** It stands for fields of the product itself. */
  is_own: boolean
  files: ToldFile[]
}
export type Addon = Selectable<DB['addons']>

export async function getProduct(ctx: BusinessCtx, product_id: string): Promise<Product> {
  const [product] = await getProducts(ctx, [product_id])
  if (product === undefined) throw notFound('product')
  return product
}

/** The products in the order asked for; one that is not there is a 404 that names it. */
export async function getProducts(ctx: BusinessCtx, product_ids: readonly string[]): Promise<Product[]> {
  const rows = await withRelations(
    ctx,
    from(ctx, 'products')
      .selectAll()
      .where('product_id', 'in', [...product_ids]),
  )
  return product_ids.map((product_id) => {
    const product = rows.find((row) => row.product_id === product_id)
    if (product === undefined) throw notFound('product')
    return product
  })
}

export async function getProductName(ctx: BusinessCtx, product_id: string): Promise<string> {
  const product = await from(ctx, 'products').select('name').where('product_id', '=', product_id).executeTakeFirst()
  if (product === undefined) throw notFound('product')
  return product.name
}

/** By product_id. */
export async function listProductNames(ctx: BusinessCtx, product_ids: readonly string[]): Promise<Map<string, string>> {
  if (product_ids.length === 0) return new Map()
  const rows = await from(ctx, 'products')
    .select(['product_id', 'name'])
    .where('product_id', 'in', [...product_ids])
    .execute()
  return new Map(rows.map(({ product_id, name }) => [product_id, name]))
}

export interface ProductFilter {
  /** Null: the primary one. */
  brand_id?: string | null | undefined
  archived?: boolean
  recurring?: boolean
}

export async function listProducts(ctx: BusinessCtx, filter: ProductFilter, page: Page): Promise<Product[]> {
  let query = from(ctx, 'products')
    .selectAll()
    .where('archived_at', filter.archived === true ? 'is not' : 'is', null)
  if (filter.recurring !== undefined) {
    query = query.where('price_type', filter.recurring ? '!=' : '=', 'one_time_price')
  }
  if (filter.brand_id !== undefined) query = query.where('brand_id', 'is not distinct from', filter.brand_id)
  const newest = query.orderBy('created_at', 'desc').orderBy('product_id', 'desc')
  return withRelations(ctx, newest.limit(page.page_size).offset(offsetOf(page)))
}

export async function getAddons(ctx: BusinessCtx, addon_ids: readonly string[]): Promise<Addon[]> {
  if (addon_ids.length === 0) return []
  const rows = await from(ctx, 'addons')
    .selectAll()
    .where('addon_id', 'in', [...addon_ids])
    .execute()
  return addon_ids.map((addon_id) => {
    const addon = rows.find((row) => row.addon_id === addon_id)
    if (addon === undefined) throw notFound('addon')
    return addon
  })
}

/** Newest first. */
export async function listAddons(ctx: BusinessCtx, page: Page): Promise<Addon[]> {
  return from(ctx, 'addons')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('addon_id', 'desc')
    .limit(page.page_size)
    .offset(offsetOf(page))
    .execute()
}

export async function getAddon(ctx: BusinessCtx, addon_id: string): Promise<Addon> {
  const [addon] = await getAddons(ctx, [addon_id])
  if (addon === undefined) throw notFound('addon')
  return addon
}

async function withRelations(
  ctx: BusinessCtx,
  query: { execute(): Promise<Selectable<DB['products']>[]> },
): Promise<Product[]> {
  const products = await query.execute()
  if (products.length === 0) return []
  const ids = products.map((product) => product.product_id)
  const metered = products.some(({ price_type }) => price_type === 'usage_based_price')
  const [addons, meters, credits, items, entitlements] = await Promise.all([
    from(ctx, 'product_addons').select(['product_id', 'addon_id']).where('product_id', 'in', ids).execute(),
    metered ? readProductMeters(ctx, ids) : [],
    readProductCredits(ctx, ids),
    from(ctx, 'product_collection_items')
      .innerJoin('product_collection_groups', (join) =>
        join
          .onRef('product_collection_groups.group_id', '=', 'product_collection_items.group_id')
          .onRef('product_collection_groups.business_id', '=', 'product_collection_items.business_id'),
      )
      .select(['product_collection_items.product_id', 'product_collection_groups.product_collection_id'])
      .where('product_collection_items.product_id', 'in', ids)
      .where('product_collection_items.released_at', 'is', null)
      .execute(),
    readLinkedEntitlements(ctx, ids),
  ])
  return products.map((product) => ({
    ...product,
    addons: addons.filter((row) => row.product_id === product.product_id).map((row) => row.addon_id),
    meters: meters.filter((row) => row.product_id === product.product_id),
    credits: credits.filter((row) => row.product_id === product.product_id),
    product_collection_id: items.find((row) => row.product_id === product.product_id)?.product_collection_id ?? null,
    entitlements: entitlements.filter((row) => row.product_id === product.product_id),
  }))
}

async function readLinkedEntitlements(ctx: BusinessCtx, product_ids: string[]) {
  const rows = await from(ctx, 'product_entitlements')
    .innerJoin('entitlements', on('entitlements.entitlement_id', 'product_entitlements.entitlement_id'))
    .select(['product_entitlements.product_id', 'entitlements.entitlement_id', 'name', 'description'])
    .select(['integration_type', 'integration_config', 'entitlements.product_id as own_product_id'])
    .where('product_entitlements.product_id', 'in', product_ids)
    .where('deleted_at', 'is', null)
    .orderBy('entitlements.entitlement_id')
    .execute()
  const known = rows.map(({ own_product_id, ...row }) => ({ ...row, is_own: own_product_id === row.product_id }))
  return withFiles(ctx, known)
}
