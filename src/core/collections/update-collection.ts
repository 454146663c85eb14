import { recordAudit } from '#core/audit/record-audit.ts'
import type { NewCollection } from '#core/collections/create-collection.ts'
import { listGroups } from '#core/collections/queries.ts'
import { lockCollection } from '#core/collections/store.ts'
import { writeOrder } from '#core/collections/write-order.ts'
import { imageColumn } from '#core/images/queries.ts'
import { update } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

export interface CollectionChange extends Partial<Omit<NewCollection, 'groups'>> {
  /** The ids of all its groups, as they should stand. */
  group_order?: readonly string[]
  /** Of a picture that was uploaded; null takes it away. */
  image_id?: string | null | undefined
}

/** Changes what is named. */
export async function updateCollection(
  outer: BusinessCtx,
  product_collection_id: string,
  { group_order, image_id, ...columns }: CollectionChange,
): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    await lockCollection(ctx, product_collection_id)
    if (group_order !== undefined) {
      const groups = await listGroups(ctx, product_collection_id)
      await writeOrder(
        ctx,
        'product_collection_groups',
        'group_id',
        groups.map(({ group_id }) => group_id),
        group_order,
      )
    }
    const image = await imageColumn(ctx, 'product_collections', image_id)
    await update(ctx, 'product_collections')
      .set({ ...columns, ...image, updated_at: ctx.clock.now() })
      .where('product_collection_id', '=', product_collection_id)
      .execute()
    await recordAudit(ctx, { action: 'collection.updated', resource_id: product_collection_id, customer_id: null })
  })
}
