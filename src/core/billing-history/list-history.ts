// The statement: which entries stand on a page is found first, then each kind is read once.
import { type FoundEntry, findEntries } from '#core/billing-history/find-entries.ts'
import type { HistoryFilter } from '#core/billing-history/history-filter.ts'
import { type Given, readCredits, readRefunds } from '#core/billing-history/read-given.ts'
import type { Page } from '#core/paging.ts'
import { type BillingEntry, listBilling } from '#core/payments/list-billing.ts'
import type { BusinessCtx } from '#src/context.ts'

export type HistoryEntry = ({ entry: 'payment' } & BillingEntry) | Given

/** Newest first. */
export async function listHistory(ctx: BusinessCtx, filter: HistoryFilter, page: Page): Promise<HistoryEntry[]> {
  return readEntries(ctx, await findEntries(ctx, filter, page))
}

/** Whole, in the order they were found. */
export async function readEntries(ctx: BusinessCtx, found: readonly FoundEntry[]): Promise<HistoryEntry[]> {
  const idsOf = (entry: HistoryEntry['entry']) => found.filter((it) => it.entry === entry).map(({ id }) => id)
  const [payments, refunds, credits] = await Promise.all([
    readPayments(ctx, idsOf('payment')),
    readRefunds(ctx, idsOf('refund')),
    readCredits(ctx, idsOf('credit')),
  ])
  const byId = new Map<string, HistoryEntry>([
    ...payments.map((payment) => [payment.payment_id, { entry: 'payment', ...payment }] as const),
    ...refunds.map((refund) => [refund.id, refund] as const),
    ...credits.map((credit) => [credit.id, credit] as const),
  ])
  return found.flatMap(({ id }) => byId.get(id) ?? [])
}

const BATCH = 500

/** All of it, newest first, in batches: what is added meanwhile at its head moves nothing into a batch twice. */
export async function* readHistory(ctx: BusinessCtx, filter: HistoryFilter): AsyncGenerator<HistoryEntry[]> {
  const until = { ...filter, created_at_lt: filter.created_at_lt ?? ctx.clock.now().add({ seconds: 1 }) }
  for (let page_number = 0; ; page_number += 1) {
    const entries = await listHistory(ctx, until, { page_number, page_size: BATCH })
    if (entries.length > 0) yield entries
    if (entries.length < BATCH) return
  }
}

function readPayments(ctx: BusinessCtx, payment_ids: readonly string[]): Promise<BillingEntry[]> {
  if (payment_ids.length === 0) return Promise.resolve([])
  return listBilling(ctx, { payment_ids }, { page_number: 0, page_size: payment_ids.length })
}
