// A collection is put away: its products may join another one, and when it comes back it has those that did not.
import { recordAudit } from '#core/audit/record-audit.ts'
import { getCollection } from '#core/collections/queries.ts'
import { lockCollection } from '#core/collections/store.ts'
import { from, update } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError, notFound } from '#src/errors.ts'

/** Throws PRODUCT_COLLECTION_IS_DELETED where it was archived before. */
export async function archiveCollection(outer: BusinessCtx, product_collection_id: string): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    await lockCollection(ctx, product_collection_id)
    const now = ctx.clock.now()
    await setArchived(ctx, product_collection_id, now)
    const { groups } = await getCollection(ctx, product_collection_id)
    await update(ctx, 'product_collection_items')
      .set({ released_at: now })
      .where(
        'group_id',
        'in',
        groups.map(({ group_id }) => group_id),
      )
      .execute()
    await recordAudit(ctx, { action: 'collection.archived', resource_id: product_collection_id, customer_id: null })
  })
}

/** Answers the products that another collection holds by now; throws PRODUCT_COLLECTION_MUST_HAVE_PRODUCTS where that is all of them. */
export async function unarchiveCollection(outer: BusinessCtx, product_collection_id: string): Promise<string[]> {
  return inTransaction(outer, async (ctx) => {
    const row = await from(ctx, 'product_collections')
      .select('archived_at')
      .where('product_collection_id', '=', product_collection_id)
      .forUpdate()
      .executeTakeFirst()
    if (row === undefined) throw notFound('product collection')
    if (row.archived_at === null) return []
    const items = (await getCollection(ctx, product_collection_id)).groups.flatMap((group) => group.items)
    const gone = items.filter(({ product }) => product.product_collection_id !== null)
    const free = items.filter(({ product }) => product.product_collection_id === null)
    if (free.length === 0) throw new AppError('PRODUCT_COLLECTION_MUST_HAVE_PRODUCTS')
    await setArchived(ctx, product_collection_id, null)
    await update(ctx, 'product_collection_items')
      .set({ released_at: null })
      .where(
        'item_id',
        'in',
        free.map(({ item_id }) => item_id),
      )
      .execute()
    await forget(
      ctx,
      gone.map(({ item_id }) => item_id),
    )
    await recordAudit(ctx, { action: 'collection.unarchived', resource_id: product_collection_id, customer_id: null })
    return gone.map(({ product }) => product.product_id)
  })
}

async function setArchived(
  ctx: BusinessCtx,
  product_collection_id: string,
  archived_at: Temporal.Instant | null,
): Promise<void> {
  await update(ctx, 'product_collections')
    .set({ archived_at, updated_at: ctx.clock.now() })
    .where('product_collection_id', '=', product_collection_id)
    .execute()
}

async function forget(ctx: BusinessCtx, item_ids: readonly string[]): Promise<void> {
  if (item_ids.length === 0) return
  await ctx.db
    .deleteFrom('product_collection_items')
    .where('business_id', '=', ctx.business.business_id)
    .where('item_id', 'in', [...item_ids])
    .execute()
}
