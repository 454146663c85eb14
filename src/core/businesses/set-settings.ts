import { type BusinessSettings, getSettings } from '#core/businesses/queries.ts'
import { owned } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'

/** Changes what is named of what a business allows in this mode; the rest stays or keeps its default. */
export async function setSettings(ctx: BusinessCtx, change: Partial<BusinessSettings>): Promise<BusinessSettings> {
  const named = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  if (Object.keys(named).length > 0) {
    await ctx.db
      .insertInto('business_settings')
      .values({ ...owned(ctx), ...named })
      .onConflict((conflict) => conflict.column('business_id').doUpdateSet(named))
      .execute()
  }
  return getSettings(ctx)
}
