// Products in a group: added, switched off, taken out.
import { assertGroupIn, isUuid } from '#core/collections/edit-groups.ts'
import { type CollectionItem, listItems } from '#core/collections/queries.ts'
import { insertItems, lockCollection, type NewItem, touchCollection } from '#core/collections/store.ts'
import { update } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError, notFound } from '#src/errors.ts'

interface Place {
  product_collection_id: string
  group_id: string
}

/** Answers the new items. */
export async function addItems(outer: BusinessCtx, place: Place, items: readonly NewItem[]): Promise<CollectionItem[]> {
  return inTransaction(outer, async (ctx) => {
    await lockPlace(ctx, place)
    const added = new Set(await insertItems(ctx, place.group_id, items))
    return (await listItems(ctx, [place.group_id])).filter(({ item_id }) => added.has(item_id))
  })
}

export async function updateItem(
  outer: BusinessCtx,
  place: Place,
  item_id: string,
  change: { enabled: boolean },
): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    await lockPlace(ctx, place)
    await itemsBeside(ctx, place, item_id)
    await update(ctx, 'product_collection_items').set(change).where('item_id', '=', item_id).execute()
  })
}

/** Throws PRODUCT_COLLECTION_MUST_HAVE_PRODUCTS for the last one of its group. */
export async function deleteItem(outer: BusinessCtx, place: Place, item_id: string): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    await lockPlace(ctx, place)
    if ((await itemsBeside(ctx, place, item_id)) === 0) throw new AppError('PRODUCT_COLLECTION_MUST_HAVE_PRODUCTS')
    await ctx.db
      .deleteFrom('product_collection_items')
      .where('business_id', '=', ctx.business.business_id)
      .where('item_id', '=', item_id)
      .execute()
  })
}

async function lockPlace(ctx: BusinessCtx, { product_collection_id, group_id }: Place): Promise<void> {
  await lockCollection(ctx, product_collection_id)
  await assertGroupIn(ctx, product_collection_id, group_id)
  await touchCollection(ctx, product_collection_id)
}

/** How many others the group holds; throws NOT_FOUND for an item that is not in it. */
async function itemsBeside(ctx: BusinessCtx, { group_id }: Place, item_id: string): Promise<number> {
  const items = isUuid(item_id) ? await listItems(ctx, [group_id]) : []
  if (!items.some((item) => item.item_id === item_id)) throw notFound('item')
  return items.length - 1
}
