import { from, owned, update } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'

/** Sessions end, links open nothing, and saved methods are given up, here and at the processor. */
export async function closeWaysIn(ctx: BusinessCtx, customer_id: string): Promise<void> {
  await endSessions(ctx, customer_id)
  const now = ctx.wall.now()
  await update(ctx, 'access_links')
    .set({ expires_at: now, return_url: null, return_path: null })
    .where('customer_id', '=', customer_id)
    .execute()
  await update(ctx, 'pay_links')
    .set({ expires_at: now, return_url: null })
    .where('customer_id', '=', customer_id)
    .execute()
  await giveMethodsUp(ctx, customer_id)
}

/** A session may be signed in to several businesses; it ends as a whole, as by signing out. */
async function endSessions(ctx: BusinessCtx, customer_id: string): Promise<void> {
  const grants = await from(ctx, 'session_grants')
    .select('session_id')
    .where('customer_id', '=', customer_id)
    .orderBy('session_id')
    .execute()
  const ids = grants.map(({ session_id }) => session_id)
  if (ids.length === 0) return
  await ctx.db
    .updateTable('portal_sessions')
    .set({ ended_at: ctx.wall.now(), user_agent: null })
    .where('session_id', 'in', ids)
    .execute()
  await ctx.db
    .deleteFrom('session_grants')
    .where('business_id', '=', ctx.business.business_id)
    .where('customer_id', '=', customer_id)
    .execute()
}

async function giveMethodsUp(ctx: BusinessCtx, customer_id: string): Promise<void> {
  const now = ctx.wall.now()
  const methods = await from(ctx, 'payment_methods')
    .select(['processor', 'processor_reference'])
    .where('customer_id', '=', customer_id)
    .where('removed_at', 'is', null)
    .execute()
  await update(ctx, 'payment_methods')
    .set((eb) => ({
      removed_at: eb.fn.coalesce('removed_at', eb.val(ctx.clock.now())),
      is_default: false,
      card_holder_name: null,
      card_last_four: null,
      display: null,
      fingerprint: null,
    }))
    .where('customer_id', '=', customer_id)
    .execute()
  if (methods.length === 0) return
  await ctx.db
    .insertInto('method_removals')
    .values(methods.map((method) => ({ ...owned(ctx), ...method, created_at: now, next_attempt_at: now })))
    .onConflict((conflict) => conflict.columns(['business_id', 'processor', 'processor_reference']).doNothing())
    .execute()
}
