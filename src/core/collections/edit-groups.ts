// Groups of a collection: made, renamed, switched off, put in order, taken away.
import { getCollection, listItems } from '#core/collections/queries.ts'
import {
  assertNameIsFree,
  insertGroup,
  lockCollection,
  type NewGroup,
  touchCollection,
} from '#core/collections/store.ts'
import { writeOrder } from '#core/collections/write-order.ts'
import { from, update } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError, notFound } from '#src/errors.ts'

/** Answers its id. */
export async function createGroup(outer: BusinessCtx, product_collection_id: string, group: NewGroup): Promise<string> {
  return inTransaction(outer, async (ctx) => {
    await lockCollection(ctx, product_collection_id)
    await touchCollection(ctx, product_collection_id)
    return insertGroup(ctx, product_collection_id, group)
  })
}

export interface GroupChange {
  group_name?: string | null
  enabled?: boolean
  /** The ids of all its items, as they should stand. */
  product_order?: readonly string[]
}

export async function updateGroup(
  outer: BusinessCtx,
  product_collection_id: string,
  group_id: string,
  { product_order, ...columns }: GroupChange,
): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    await lockCollection(ctx, product_collection_id)
    await assertGroupIn(ctx, product_collection_id, group_id)
    if (columns.group_name !== undefined) {
      await assertNameIsFree(ctx, product_collection_id, columns.group_name, group_id)
    }
    if (product_order !== undefined) {
      const items = (await listItems(ctx, [group_id])).map(({ item_id }) => item_id)
      await writeOrder(ctx, 'product_collection_items', 'item_id', items, product_order)
    }
    if (Object.keys(columns).length > 0) {
      await update(ctx, 'product_collection_groups').set(columns).where('group_id', '=', group_id).execute()
    }
    await touchCollection(ctx, product_collection_id)
  })
}

/** Throws PRODUCT_COLLECTION_MUST_HAVE_PRODUCTS for the last one. */
export async function deleteGroup(outer: BusinessCtx, product_collection_id: string, group_id: string): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    await lockCollection(ctx, product_collection_id)
    await assertGroupIn(ctx, product_collection_id, group_id)
    const { groups } = await getCollection(ctx, product_collection_id)
    if (groups.length === 1) throw new AppError('PRODUCT_COLLECTION_MUST_HAVE_PRODUCTS')
    for (const table of ['product_collection_items', 'product_collection_groups'] as const) {
      await ctx.db
        .deleteFrom(table)
        .where('business_id', '=', ctx.business.business_id)
        .where('group_id', '=', group_id)
        .execute()
    }
    await touchCollection(ctx, product_collection_id)
  })
}

/** Throws NOT_FOUND for a group that is not of this collection. */
export async function assertGroupIn(ctx: BusinessCtx, product_collection_id: string, group_id: string): Promise<void> {
  const group = isUuid(group_id)
    ? await from(ctx, 'product_collection_groups')
        .select('group_id')
        .where('group_id', '=', group_id)
        .where('product_collection_id', '=', product_collection_id)
        .executeTakeFirst()
    : undefined
  if (group === undefined) throw notFound('group')
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}
