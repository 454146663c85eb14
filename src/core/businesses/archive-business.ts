import { recordAudit } from '#core/audit/record-audit.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

/** Closes a business: its portal says so, its data stays. Archiving it again changes nothing. */
export async function archiveBusiness(outer: BusinessCtx): Promise<void> {
  if (outer.business.archived_at !== null) return
  const { business_id } = outer.business
  await inTransaction(outer, async (ctx) => {
    await ctx.db
      .updateTable('businesses')
      .set({ archived_at: ctx.wall.now() })
      .where('business_id', '=', business_id)
      .execute()
    await recordAudit(ctx, { action: 'business.archived', resource_id: business_id, customer_id: null })
  })
}
