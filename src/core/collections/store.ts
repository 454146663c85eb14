// Writes of collections. Whoever edits one holds its row, so that two edits never miss each other.
import { randomUUID } from 'node:crypto'
import { getProducts } from '#core/catalog/queries.ts'
import type { CollectionRow } from '#core/collections/queries.ts'
import { from, owned, update } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError, notFound } from '#src/errors.ts'

/** Throws NOT_FOUND, and PRODUCT_COLLECTION_IS_DELETED for an archived one. */
export async function lockCollection(ctx: BusinessCtx, product_collection_id: string): Promise<CollectionRow> {
  const collection = await from(ctx, 'product_collections')
    .selectAll()
    .where('product_collection_id', '=', product_collection_id)
    .forUpdate()
    .executeTakeFirst()
  if (collection === undefined) throw notFound('product collection')
  if (collection.archived_at !== null) throw new AppError('PRODUCT_COLLECTION_IS_DELETED')
  return collection
}

export async function touchCollection(ctx: BusinessCtx, product_collection_id: string): Promise<void> {
  await update(ctx, 'product_collections')
    .set({ updated_at: ctx.clock.now() })
    .where('product_collection_id', '=', product_collection_id)
    .execute()
}

export interface NewItem {
  product_id: string
  /** True where it is not said. */
  enabled?: boolean
}

export interface NewGroup {
  group_name: string | null
  enabled?: boolean
  items: NewItem[]
}

export async function insertGroup(
  ctx: BusinessCtx,
  product_collection_id: string,
  { group_name, enabled = true, items }: NewGroup,
): Promise<string> {
  if (items.length === 0) throw new AppError('PRODUCT_COLLECTION_MUST_HAVE_PRODUCTS', { field: 'products' })
  await assertNameIsFree(ctx, product_collection_id, group_name)
  const { last } = await from(ctx, 'product_collection_groups')
    .select((eb) => eb.fn.coalesce(eb.fn.max('position'), eb.lit(-1)).as('last'))
    .where('product_collection_id', '=', product_collection_id)
    .executeTakeFirstOrThrow()
  const group_id = randomUUID()
  const group = { ...owned(ctx), group_id, product_collection_id, group_name, enabled, position: Number(last) + 1 }
  await ctx.db.insertInto('product_collection_groups').values(group).execute()
  await insertItems(ctx, group_id, items)
  return group_id
}

/** Throws INVALID_REQUEST_BODY where another group of the collection has this name. */
export async function assertNameIsFree(
  ctx: BusinessCtx,
  product_collection_id: string,
  group_name: string | null,
  except?: string,
): Promise<void> {
  if (group_name === null) return
  const namesake = await from(ctx, 'product_collection_groups')
    .select('group_id')
    .where('product_collection_id', '=', product_collection_id)
    .where('group_name', '=', group_name)
    .executeTakeFirst()
  if (namesake === undefined || namesake.group_id === except) return
  throw new AppError('INVALID_REQUEST_BODY', {
    message: `The collection has a group "${group_name}" already`,
    field: 'group_name',
  })
}

/** At the end of the group. Throws where a product is not there, or is in a collection already. */
export async function insertItems(ctx: BusinessCtx, group_id: string, items: readonly NewItem[]): Promise<string[]> {
  const ids = items.map(({ product_id }) => product_id)
  if (new Set(ids).size < ids.length) {
    throw new AppError('INVALID_REQUEST_BODY', { message: 'Each product can be named once', field: 'products' })
  }
  const taken = (await getProducts(ctx, ids)).find(({ product_collection_id }) => product_collection_id !== null)
  if (taken !== undefined) {
    throw new AppError('INVALID_REQUEST_BODY', {
      message: `The product ${taken.product_id} is in the collection ${taken.product_collection_id} already`,
      field: 'products',
    })
  }
  const { last } = await from(ctx, 'product_collection_items')
    .select((eb) => eb.fn.coalesce(eb.fn.max('position'), eb.lit(-1)).as('last'))
    .where('group_id', '=', group_id)
    .executeTakeFirstOrThrow()
  const rows = items.map(({ product_id, enabled = true }, index) => {
    return { item_id: randomUUID(), group_id, product_id, enabled, position: Number(last) + 1 + index }
  })
  await ctx.db
    .insertInto('product_collection_items')
    .values(rows.map((row) => ({ ...owned(ctx), ...row })))
    .execute()
  return rows.map(({ item_id }) => item_id)
}
