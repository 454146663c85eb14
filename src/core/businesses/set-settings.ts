import { recordAudit } from '#core/audit/record-audit.ts'
import { type BusinessSettings, getSettings } from '#core/businesses/queries.ts'
import { differing } from '#core/businesses/set-business.ts'
import { owned } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

/** Changes what is named of what a business allows in this mode; the rest stays or keeps its default. */
export async function setSettings(outer: BusinessCtx, change: Partial<BusinessSettings>): Promise<BusinessSettings> {
  return inTransaction(outer, async (ctx) => {
    const before = await getSettings(ctx)
    const named = differing(before, change)
    if (Object.keys(named).length === 0) return before
    await ctx.db
      .insertInto('business_settings')
      .values({ ...owned(ctx), ...named })
      .onConflict((conflict) => conflict.column('business_id').doUpdateSet(named))
      .execute()
    const { business_id } = ctx.business
    await recordAudit(ctx, { action: 'settings.updated', resource_id: business_id, customer_id: null, details: named })
    return getSettings(ctx)
  })
}
