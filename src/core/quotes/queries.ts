import type { Payment } from '#core/payments/queries.ts'
import type { PlanChangeRow } from '#core/plan-changes/store.ts'
import type { Quote } from '#core/quotes/store.ts'
import { from, on } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

export type { Quote } from '#core/quotes/store.ts'

export async function getQuote(ctx: BusinessCtx, quote_id: string): Promise<Quote> {
  const quote = await from(ctx, 'plan_change_quotes').selectAll().where('quote_id', '=', quote_id).executeTakeFirst()
  if (quote === undefined) throw notFound('quote')
  return quote
}

/** The change that a quote was confirmed to be; undefined before that. */
export async function findQuotedChange(ctx: BusinessCtx, { change_id }: Quote): Promise<PlanChangeRow | undefined> {
  if (change_id === null) return undefined
  return from(ctx, 'plan_changes').selectAll().where('change_id', '=', change_id).executeTakeFirst()
}

/** A change that waits for its money, with the quote it was confirmed by and the link it is paid under; null where there is none. */
export async function findPendingQuote(
  ctx: BusinessCtx,
  subscription_id: string,
): Promise<{ change_id: string; quote_id: string | null; pay_link_id: string | null } | undefined> {
  return from(ctx, 'plan_changes')
    .leftJoin('plan_change_quotes as quotes', (join) =>
      join
        .onRef('quotes.business_id', '=', 'plan_changes.business_id')
        .onRef('quotes.change_id', '=', 'plan_changes.change_id'),
    )
    .leftJoin('pay_links', on('pay_links.change_id', 'plan_changes.change_id'))
    .select(['plan_changes.change_id', 'quotes.quote_id', 'pay_links.pay_link_id'])
    .where('plan_changes.subscription_id', '=', subscription_id)
    .where('plan_changes.status', '=', 'pending')
    .executeTakeFirst()
}

/** The last attempt to collect what a confirmed quote charges; undefined where it charges nothing. */
export async function findQuotePayment(ctx: BusinessCtx, quote_id: string): Promise<Payment | undefined> {
  const change = await findQuotedChange(ctx, await getQuote(ctx, quote_id))
  return change && findLastPayment(ctx, change)
}

export async function findLastPayment(
  ctx: BusinessCtx,
  { dues_id }: Pick<PlanChangeRow, 'dues_id'>,
): Promise<Payment | undefined> {
  if (dues_id === null) return undefined
  return from(ctx, 'payments')
    .selectAll()
    .where('dues_id', '=', dues_id)
    .orderBy('attempt', 'desc')
    .limit(1)
    .executeTakeFirst()
}
