import type { Selectable } from 'kysely'
import { getProducts, type Product } from '#core/catalog/queries.ts'
import { offsetOf, type Page } from '#core/paging.ts'
import { from } from '#core/scope.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

export type CollectionRow = Selectable<DB['product_collections']>
type GroupRow = Selectable<DB['product_collection_groups']>

export interface CollectionItem {
  item_id: string
  group_id: string
  enabled: boolean
  product: Product
  meters_count: number
}

export type CollectionGroup = GroupRow & { items: CollectionItem[] }
export type Collection = CollectionRow & { groups: CollectionGroup[] }
export type CollectionListed = CollectionRow & { products_count: number }

export async function getCollection(ctx: BusinessCtx, product_collection_id: string): Promise<Collection> {
  const collection = await from(ctx, 'product_collections')
    .selectAll()
    .where('product_collection_id', '=', product_collection_id)
    .executeTakeFirst()
  if (collection === undefined) throw notFound('product collection')
  return { ...collection, groups: await listGroups(ctx, product_collection_id) }
}

/** In the merchant's order. */
export async function listGroups(ctx: BusinessCtx, product_collection_id: string): Promise<CollectionGroup[]> {
  const groups = await from(ctx, 'product_collection_groups')
    .selectAll()
    .where('product_collection_id', '=', product_collection_id)
    .orderBy('position')
    .execute()
  const items = await listItems(
    ctx,
    groups.map(({ group_id }) => group_id),
  )
  return groups.map((group) => ({ ...group, items: items.filter(({ group_id }) => group_id === group.group_id) }))
}

export async function listItems(ctx: BusinessCtx, group_ids: readonly string[]): Promise<CollectionItem[]> {
  if (group_ids.length === 0) return []
  const rows = await from(ctx, 'product_collection_items')
    .selectAll()
    .where('group_id', 'in', [...group_ids])
    .orderBy('position')
    .execute()
  if (rows.length === 0) return []
  const ids = rows.map(({ product_id }) => product_id)
  const [products, meters] = await Promise.all([
    getProducts(ctx, ids),
    from(ctx, 'product_meters').select('product_id').where('product_id', 'in', ids).execute(),
  ])
  return rows.map(({ item_id, group_id, enabled, product_id }, index) => ({
    item_id,
    group_id,
    enabled,
    product: products[index] as Product,
    meters_count: meters.filter((meter) => meter.product_id === product_id).length,
  }))
}

/** Newest first, each with how many products it holds. */
export async function listCollections(
  ctx: BusinessCtx,
  { archived = false, brand_id }: { archived?: boolean; brand_id?: string | null | undefined },
  page: Page,
): Promise<CollectionListed[]> {
  return from(ctx, 'product_collections')
    .selectAll()
    .select((eb) =>
      eb
        .selectFrom('product_collection_items as items')
        .innerJoin('product_collection_groups as groups', (join) =>
          join.onRef('groups.business_id', '=', 'items.business_id').onRef('groups.group_id', '=', 'items.group_id'),
        )
        .select((inner) => inner.fn.countAll<number>().as('n'))
        .whereRef('groups.business_id', '=', 'product_collections.business_id')
        .whereRef('groups.product_collection_id', '=', 'product_collections.product_collection_id')
        .$asScalar()
        .$notNull()
        .as('products_count'),
    )
    .where('archived_at', archived ? 'is not' : 'is', null)
    .$if(brand_id !== undefined, (query) => query.where('brand_id', 'is not distinct from', brand_id ?? null))
    .orderBy('created_at', 'desc')
    .orderBy('product_collection_id', 'desc')
    .limit(page.page_size)
    .offset(offsetOf(page))
    .execute()
}
