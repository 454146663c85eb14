import { recordAudit } from '#core/audit/record-audit.ts'
import type { NewBusiness } from '#core/businesses/create-business.ts'
import { getBusinessCtx } from '#core/businesses/queries.ts'
import { from } from '#core/scope.ts'
import { type BusinessCtx, type Ctx, inTransaction } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

export type BusinessChange = Partial<NewBusiness> & { rate_limit_tier?: '0' | '1' | '2' | 'unlimited' }

/**
 * Changes what is named, in both modes, and leaves the rest; what is issued already keeps the old words.
 * Throws FORBIDDEN for a key of test mode where the business has one of live mode.
 */
export async function setBusiness(outer: Ctx, business_id: string, change: BusinessChange): Promise<BusinessCtx> {
  await inTransaction(outer, async (plain) => {
    const ctx = await getBusinessCtx(plain, business_id)
    const named = differing(ctx.business, change)
    if (Object.keys(named).length === 0) return
    await assertMayChange(ctx)
    await ctx.db.updateTable('businesses').set(named).where('business_id', '=', business_id).execute()
    await recordAudit(ctx, {
      action: 'business.updated',
      resource_id: business_id,
      customer_id: null,
      details: named as Record<string, string | null>,
    })
  })
  // Of the connections of the caller: those of the transaction are over.
  return getBusinessCtx(outer, business_id)
}

/** A key for trying things out must not rewrite what real invoices say. */
async function assertMayChange(ctx: BusinessCtx): Promise<void> {
  if (ctx.actor.type !== 'api_key' || ctx.mode === 'live') return
  const live = await from(ctx, 'api_keys')
    .select('api_key_id')
    .where('mode', '=', 'live')
    .where('revoked_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  if (live === undefined) return
  const message = 'These fields are those of live mode too: use a key of live mode'
  throw new AppError('FORBIDDEN', { message })
}

/** What is named and is another value than the one at hand. */
export function differing<T extends object>(current: T, change: Partial<T>): Partial<T> {
  const known = new Map<string, unknown>(Object.entries(current))
  return Object.fromEntries(
    Object.entries(change).filter(([name, value]) => value !== undefined && value !== known.get(name)),
  ) as Partial<T>
}
