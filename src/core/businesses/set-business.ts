import type { NewBusiness } from '#core/businesses/create-business.ts'
import { getBusinessCtx } from '#core/businesses/queries.ts'
import type { BusinessCtx, Ctx } from '#src/context.ts'

export type BusinessChange = Partial<NewBusiness> & { rate_limit_tier?: '0' | '1' | '2' | 'unlimited' }

/** Changes what is named and leaves the rest; what is issued already keeps the old words. */
export async function setBusiness(ctx: Ctx, business_id: string, change: BusinessChange): Promise<BusinessCtx> {
  await getBusinessCtx(ctx, business_id)
  const named = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  if (Object.keys(named).length > 0) {
    await ctx.db.updateTable('businesses').set(named).where('business_id', '=', business_id).execute()
  }
  return getBusinessCtx(ctx, business_id)
}
