// What an address has, business by business: each is read with its own context, for the customers of this address only.
import type { Reader } from '#core/addresses/find-reader.ts'
import { type HistoryEntry, readEntries } from '#core/billing-history/list-history.ts'
import { getBusinessCtx } from '#core/businesses/queries.ts'
import type { Page } from '#core/paging.ts'
import {
  listSubscriptions,
  type NextPayment,
  readNextPayments,
  type SubscriptionListed,
} from '#core/subscriptions/queries.ts'
import { listEntriesOfAddress, listRecordsOfAddress } from '#core/unscoped/by-address.ts'
import type { BusinessCtx } from '#src/context.ts'

/** One customer record of the address. */
export interface Place {
  ctx: BusinessCtx
  customer_id: string
  name: string
  subscriptions: SubscriptionListed[]
  /** By subscription_id. */
  next: Map<string, NextPayment>
}

const MOST_SUBSCRIPTIONS = 100

/** Oldest first; on a page, customers of one business stand together. */
export async function listPlaces({ ctx, email_key }: Reader, page: Page): Promise<Place[]> {
  const records = await listRecordsOfAddress(ctx, email_key, page)
  const order = [...new Set(records.map(({ business_id }) => business_id))]
  const businesses = new Map<string, BusinessCtx>()
  for (const business_id of order) businesses.set(business_id, await getBusinessCtx(ctx, business_id))
  const sorted = order.flatMap((business_id) => records.filter((record) => record.business_id === business_id))
  return Promise.all(
    sorted.map(async ({ business_id, customer_id, name }) => {
      const business = businesses.get(business_id) as BusinessCtx
      const most = { page_number: 0, page_size: MOST_SUBSCRIPTIONS }
      const subscriptions = await listSubscriptions(business, { customer_id }, most)
      const next = await readNextPayments(business, subscriptions)
      return { ctx: business, customer_id, name, subscriptions, next }
    }),
  )
}

/** An entry of a statement, with whose it is. */
export interface PlacedEntry {
  ctx: BusinessCtx
  entry: HistoryEntry
}

/** The billing history of all businesses in one, newest first; `page_number` from 0. */
export async function listHistoryOfAddress(
  { ctx, email_key }: Reader,
  { page_number, page_size }: { page_number: number; page_size: number },
): Promise<{ entries: PlacedEntry[]; has_more: boolean }> {
  // One more than is shown says whether there is a next page.
  const found = await listEntriesOfAddress(ctx, email_key, { limit: page_size + 1, offset: page_number * page_size })
  const shown = found.slice(0, page_size)
  const read = new Map<string, PlacedEntry>()
  for (const business_id of new Set(shown.map((each) => each.business_id))) {
    const business = await getBusinessCtx(ctx, business_id)
    const own = shown.filter((each) => each.business_id === business_id)
    for (const entry of await readEntries(business, own)) read.set(idOf(entry), { ctx: business, entry })
  }
  return { entries: shown.flatMap(({ id }) => read.get(id) ?? []), has_more: found.length > page_size }
}

function idOf(entry: HistoryEntry): string {
  return entry.entry === 'payment' ? entry.payment_id : entry.id
}
