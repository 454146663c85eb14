import type { Quote } from '#core/quotes/store.ts'
import { from } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

export type { Quote } from '#core/quotes/store.ts'

export async function getQuote(ctx: BusinessCtx, quote_id: string): Promise<Quote> {
  const quote = await from(ctx, 'plan_change_quotes').selectAll().where('quote_id', '=', quote_id).executeTakeFirst()
  if (quote === undefined) throw notFound('quote')
  return quote
}
