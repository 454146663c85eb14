// A collection holds the plans a customer may change between, in groups, in order.
import { randomUUID } from 'node:crypto'
import { owned } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { newId } from '#src/ids.ts'

export interface NewCollection {
  name: string
  description?: string | null
  groups: { group_name: string | null; product_ids: string[] }[]
}

export async function createCollection(
  outer: BusinessCtx,
  input: NewCollection,
): Promise<{ product_collection_id: string }> {
  return inTransaction(outer, async (ctx) => {
    const product_collection_id = newId('product_collection', ctx.wall.now().epochMilliseconds)
    await ctx.db
      .insertInto('product_collections')
      .values({
        ...owned(ctx),
        product_collection_id,
        name: input.name,
        description: input.description ?? null,
        created_at: ctx.clock.now(),
      })
      .execute()
    for (const [position, group] of input.groups.entries()) {
      await insertGroup(ctx, product_collection_id, position, group)
    }
    return { product_collection_id }
  })
}

async function insertGroup(
  ctx: BusinessCtx,
  product_collection_id: string,
  position: number,
  group: NewCollection['groups'][number],
): Promise<void> {
  const group_id = randomUUID()
  await ctx.db
    .insertInto('product_collection_groups')
    .values({ ...owned(ctx), group_id, product_collection_id, group_name: group.group_name, position })
    .execute()
  await ctx.db
    .insertInto('product_collection_items')
    .values(
      group.product_ids.map((product_id, index) => ({
        ...owned(ctx),
        item_id: randomUUID(),
        group_id,
        product_id,
        position: index,
      })),
    )
    .execute()
}
