import type { Insertable, Selectable } from 'kysely'
import { from, owned, update } from '#core/scope.ts'
import type { DB } from '#db/schema.ts'
import { json } from '#db/temporal.ts'
import type { BusinessCtx } from '#src/context.ts'
import { notFound } from '#src/errors.ts'
import { newId } from '#src/ids.ts'

export type Quote = Selectable<DB['plan_change_quotes']>
export type NewQuote = Omit<
  Insertable<DB['plan_change_quotes']>,
  'business_id' | 'quote_id' | 'created_at' | 'change_id' | 'confirmed_at'
>

export async function insertQuote(
  ctx: BusinessCtx,
  { request, lines, discounts, ...columns }: NewQuote,
): Promise<Quote> {
  const created_at = ctx.wall.now()
  return ctx.db
    .insertInto('plan_change_quotes')
    .values({
      ...owned(ctx),
      quote_id: newId('quote', created_at.epochMilliseconds),
      created_at,
      ...columns,
      request: json(request),
      lines: json(lines),
      discounts: json(discounts),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** Locked after its subscription. */
export async function lockQuote(ctx: BusinessCtx, quote_id: string): Promise<Quote> {
  const quote = await from(ctx, 'plan_change_quotes')
    .selectAll()
    .where('quote_id', '=', quote_id)
    .forUpdate()
    .executeTakeFirst()
  if (quote === undefined) throw notFound('quote')
  return quote
}

export async function confirmedBy(ctx: BusinessCtx, quote_id: string, change_id: string): Promise<void> {
  await update(ctx, 'plan_change_quotes')
    .set({ change_id, confirmed_at: ctx.wall.now() })
    .where('quote_id', '=', quote_id)
    .execute()
}

/** Quotes that nobody confirmed in time are of no use to anybody. */
export async function deleteStale(ctx: BusinessCtx, subscription_id: string): Promise<void> {
  await ctx.db
    .deleteFrom('plan_change_quotes')
    .where('business_id', '=', ctx.business.business_id)
    .where('subscription_id', '=', subscription_id)
    .where('change_id', 'is', null)
    .where('expires_at', '<', ctx.wall.now().subtract({ hours: 24 }))
    .execute()
}
