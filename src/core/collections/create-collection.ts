// A collection holds the plans a customer may change between, in groups, in order.
import { recordAudit } from '#core/audit/record-audit.ts'
import { insertGroup, type NewGroup } from '#core/collections/store.ts'
import type { ChangeDefaults } from '#core/plan-changes/read-change-defaults.ts'
import { owned } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError } from '#src/errors.ts'
import { newId } from '#src/ids.ts'

export interface NewCollection extends Partial<ChangeDefaults> {
  name: string
  description?: string | null
  /** Null is the primary brand, and so is none. */
  brand_id?: string | null
  groups: NewGroup[]
}

/** Throws PRODUCT_COLLECTION_MUST_HAVE_PRODUCTS where it, or a group of it, would be empty. */
export async function createCollection(
  outer: BusinessCtx,
  { groups, ...columns }: NewCollection,
): Promise<{ product_collection_id: string }> {
  if (groups.length === 0) throw new AppError('PRODUCT_COLLECTION_MUST_HAVE_PRODUCTS', { field: 'groups' })
  return inTransaction(outer, async (ctx) => {
    const product_collection_id = newId('product_collection', ctx.wall.now().epochMilliseconds)
    const now = ctx.clock.now()
    await ctx.db
      .insertInto('product_collections')
      .values({ ...owned(ctx), product_collection_id, created_at: now, updated_at: now, ...columns })
      .execute()
    for (const group of groups) await insertGroup(ctx, product_collection_id, group)
    await recordAudit(ctx, { action: 'collection.created', resource_id: product_collection_id, customer_id: null })
    return { product_collection_id }
  })
}
