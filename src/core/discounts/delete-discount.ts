import { recordAudit } from '#core/audit/record-audit.ts'
import { getDiscount } from '#core/discounts/queries.ts'
import { update } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

/** Nobody can redeem it any more, and its code is free again; subscriptions that have it keep it. */
export async function deleteDiscount(outer: BusinessCtx, discount_id: string): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    await getDiscount(ctx, discount_id)
    await update(ctx, 'discounts').set({ deleted_at: ctx.wall.now() }).where('discount_id', '=', discount_id).execute()
    await recordAudit(ctx, { action: 'discount.deleted', resource_id: discount_id, customer_id: null })
  })
}
