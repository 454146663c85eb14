import type { Selectable } from 'kysely'
import { from } from '#core/scope.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'

/** The collection that holds both products; undefined where there is none. */
export async function findSharedCollection(
  ctx: BusinessCtx,
  product_ids: readonly [string, string],
): Promise<Selectable<DB['product_collections']> | undefined> {
  const rows = await from(ctx, 'product_collection_items')
    .innerJoin('product_collection_groups as groups', (join) =>
      join
        .onRef('groups.business_id', '=', 'product_collection_items.business_id')
        .onRef('groups.group_id', '=', 'product_collection_items.group_id'),
    )
    .select(['product_id', 'product_collection_id'])
    .where('product_id', 'in', [...product_ids])
    .where('released_at', 'is', null)
    .execute()
  const [first, second] = product_ids.map((id) => rows.find((row) => row.product_id === id)?.product_collection_id)
  if (first === undefined || first !== second) return undefined
  return from(ctx, 'product_collections').selectAll().where('product_collection_id', '=', first).executeTakeFirst()
}
