import { update } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

/** Rows take the places asked for. Throws INVALID_REQUEST_BODY unless exactly those that are there are named, each once. */
export async function writeOrder(
  ctx: BusinessCtx,
  table: 'product_collection_groups' | 'product_collection_items',
  key: 'group_id' | 'item_id',
  present: readonly string[],
  order: readonly string[],
): Promise<void> {
  const same = order.length === present.length && new Set([...order, ...present]).size === present.length
  if (!same) {
    const field = key === 'group_id' ? 'group_order' : 'product_order'
    throw new AppError('INVALID_REQUEST_BODY', { message: `${field} must name each id that is there once`, field })
  }
  for (const [position, id] of order.entries()) {
    await update(ctx, table).set({ position }).where(ctx.db.dynamic.ref(key), '=', id).execute()
  }
}
