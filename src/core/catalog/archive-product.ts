import { recordAudit } from '#core/audit/record-audit.ts'
import { getProduct } from '#core/catalog/queries.ts'
import { update } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

/** It is sold no more; what runs goes on. Throws PRODUCT_IS_DELETED where it was archived before. */
export async function archiveProduct(outer: BusinessCtx, product_id: string): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    const { archived_at } = await getProduct(ctx, product_id)
    if (archived_at !== null) throw new AppError('PRODUCT_IS_DELETED')
    await setArchived(ctx, product_id, ctx.clock.now())
    await recordAudit(ctx, { action: 'product.archived', resource_id: product_id, customer_id: null })
  })
}

/** It is sold again; calling it again is harmless. */
export async function unarchiveProduct(outer: BusinessCtx, product_id: string): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    const { archived_at } = await getProduct(ctx, product_id)
    if (archived_at === null) return
    await setArchived(ctx, product_id, null)
    await recordAudit(ctx, { action: 'product.unarchived', resource_id: product_id, customer_id: null })
  })
}

async function setArchived(ctx: BusinessCtx, product_id: string, archived_at: Temporal.Instant | null): Promise<void> {
  await update(ctx, 'products')
    .set({ archived_at, updated_at: ctx.clock.now() })
    .where('product_id', '=', product_id)
    .execute()
}
