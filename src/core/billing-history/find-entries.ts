// Which entries stand on a page of the statement.

import { sql } from 'kysely'
import {
  type HistoryFilter,
  type OwnFilter,
  ofCredits,
  ofPayments,
  ofRefunds,
} from '#core/billing-history/history-filter.ts'
import { matchWords } from '#core/billing-history/match-words.ts'
import { creditNotesWithPayments, refundsWithPayments } from '#core/billing-history/with-payments.ts'
import { offsetOf, type Page } from '#core/paging.ts'
import { from, owned } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface FoundEntry {
  entry: 'payment' | 'refund' | 'credit'
  id: string
}

/** Newest first. No kind has more on the page than stands there in all: each is read that far in its own index, and no further. */
export async function findEntries(ctx: BusinessCtx, asked: HistoryFilter, page: Page): Promise<FoundEntry[]> {
  const { customer_id, search } = asked
  const matches = search === undefined ? undefined : await matchWords(ctx, customer_id, search)
  const filter: OwnFilter = { ...asked, ...owned(ctx), ...(matches === undefined ? {} : { matches }) }
  const offset = offsetOf(page)
  const reach = offset + page.page_size
  const all = ctx.db
    .selectFrom(payments(ctx, filter).limit(reach).as('p'))
    .selectAll()
    .unionAll(ctx.db.selectFrom(refunds(ctx, filter).limit(reach).as('r')).selectAll())
    .unionAll(ctx.db.selectFrom(credits(ctx, filter).limit(reach).as('c')).selectAll())
  return ctx.db
    .selectFrom(all.as('entries'))
    .select(['entry', 'id'])
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.page_size)
    .offset(offset)
    .execute()
}

const named = (entry: FoundEntry['entry']) => sql<FoundEntry['entry']>`${sql.lit(entry)}`.as('entry')

function payments(ctx: BusinessCtx, filter: OwnFilter) {
  return from(ctx, 'payments')
    .select([named('payment'), 'payments.payment_id as id', 'payments.created_at as at'])
    .where((eb) => eb.and(ofPayments(filter)))
    .orderBy('payments.created_at', 'desc')
    .orderBy('payments.payment_id', 'desc')
}

function refunds(ctx: BusinessCtx, filter: OwnFilter) {
  return refundsWithPayments(ctx)
    .select([named('refund'), 'refunds.refund_id as id', 'refunds.created_at as at'])
    .where((eb) => eb.and(ofRefunds(filter)))
    .orderBy('refunds.created_at', 'desc')
    .orderBy('refunds.refund_id', 'desc')
}

function credits(ctx: BusinessCtx, filter: OwnFilter) {
  return creditNotesWithPayments(ctx)
    .select([named('credit'), 'credit_notes.credit_note_id as id', 'credit_notes.issued_at as at'])
    .where((eb) => eb.and(ofCredits(filter)))
    .orderBy('credit_notes.issued_at', 'desc')
    .orderBy('credit_notes.credit_note_id', 'desc')
}
