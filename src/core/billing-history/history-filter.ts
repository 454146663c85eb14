// What a statement can be narrowed to, as conditions on the three kinds of rows it is made of.
import { type RawBuilder, sql } from 'kysely'
import { likeNumber, likeOf, type Matches } from '#core/billing-history/match-words.ts'
import { isOfType, type PaymentFilter } from '#core/payments/queries.ts'

export type HistoryStatus = 'succeeded' | 'processing' | 'failed' | 'cancelled' | 'refunded'

export interface HistoryFilter {
  customer_id: string
  subscription_id?: string
  status?: HistoryStatus
  pricing_type?: PaymentFilter['pricing_type']
  created_at_gte?: Temporal.Instant
  created_at_lt?: Temporal.Instant
  /** Words of a line that was paid for, or of the number of a document. */
  search?: string
}

/** Of the business at hand. */
export type OwnFilter = HistoryFilter & { business_id: string; matches?: Matches }

type Condition = RawBuilder<boolean>

const never = sql<boolean>`false`

/** On `payments`. */
export function ofPayments(filter: OwnFilter): Condition[] {
  return [
    sql`payments.customer_id = ${filter.customer_id}`,
    ...ofPurchase(filter),
    ...statusOfPayment(filter.status),
    ...within(filter, sql`payments.created_at`),
    ...containing(filter),
  ]
}

/** On `refunds` joined to their `payments`. One that failed gave nothing back and is not told. */
export function ofRefunds(filter: OwnFilter): Condition[] {
  return [
    sql`refunds.customer_id = ${filter.customer_id}`,
    ...ofPurchase(filter),
    ...statusOfRefund(filter.status),
    ...within(filter, sql`refunds.created_at`),
    ...containing(
      filter,
      (number) => sql`exists (select from credit_notes n where n.business_id = refunds.business_id
        and n.refund_id = refunds.refund_id and n.number like ${number})`,
    ),
  ]
}

/** On `credit_notes` joined to their invoice's `payments`. */
export function ofCredits(filter: OwnFilter): Condition[] {
  return [
    sql`credit_notes.customer_id = ${filter.customer_id}`,
    sql`credit_notes.refund_id is null`,
    ...ofPurchase(filter),
    ...(filter.status === undefined || filter.status === 'refunded' ? [] : [never]),
    ...within(filter, sql`credit_notes.issued_at`),
    ...containing(filter, (number) => sql`credit_notes.number like ${number}`),
  ]
}

function ofPurchase(filter: OwnFilter): Condition[] {
  const { subscription_id, pricing_type } = filter
  return [
    ...(subscription_id === undefined ? [] : [sql<boolean>`payments.subscription_id = ${subscription_id}`]),
    ...(pricing_type === undefined ? [] : [pricing_type === 'usage' ? forUsage(filter) : isOfType(pricing_type)]),
  ]
}

/** Few of many: they are found first. */
const forUsage = ({
  business_id,
  customer_id,
}: OwnFilter) => sql<boolean>`payments.dues_id in (select d.dues_id from dues d
  where d.business_id = ${business_id} and d.customer_id = ${customer_id} and d.kind = 'usage')`

function statusOfPayment(status: HistoryFilter['status']): Condition[] {
  if (status === undefined) return []
  if (status === 'refunded') return [never]
  if (status === 'processing') return [sql`payments.status in ('processing', 'requires_customer_action')`]
  return [sql`payments.status = ${status}`]
}

function statusOfRefund(status: HistoryFilter['status']): Condition[] {
  if (status === undefined) return [sql`refunds.status <> 'failed'`]
  if (status === 'refunded') return [sql`refunds.status = 'succeeded'`]
  return status === 'processing' ? [sql`refunds.status = 'pending'`] : [never]
}

function within({ created_at_gte, created_at_lt }: HistoryFilter, at: RawBuilder<unknown>): Condition[] {
  return [
    ...(created_at_gte === undefined ? [] : [sql<boolean>`${at} >= ${created_at_gte}`]),
    ...(created_at_lt === undefined ? [] : [sql<boolean>`${at} < ${created_at_lt}`]),
  ]
}

/** In the payment's lines or invoice, or in the number of the paper at hand. */
function containing({ search, matches, ...filter }: OwnFilter, inNumber?: (number: string) => Condition): Condition[] {
  if (search === undefined) return []
  const like = likeOf(search)
  const { dues_ids = 'many', payment_ids = 'many' } = matches ?? {}
  const places = [
    dues_ids === 'many' ? inLines(like) : sql<boolean>`payments.dues_id = any(${dues_ids})`,
    payment_ids === 'many'
      ? inInvoice(filter, likeNumber(search))
      : sql<boolean>`payments.payment_id = any(${payment_ids})`,
    ...(inNumber === undefined ? [] : [inNumber(likeNumber(search))]),
  ]
  return [sql`(${sql.join(places, sql` or `)})`]
}

/** Looked up for each payment until the page is full: an `exists` would be answered by searching the lines of everybody first. */
const inLines = (like: string) => sql<boolean>`coalesce((select true from dues_lines l
  where l.business_id = payments.business_id and l.dues_id = payments.dues_id and l.description ilike ${like} limit 1), false)`

/** The customer's own numbers are few, and searched at once. */
const inInvoice = (
  { business_id, customer_id }: OwnFilter,
  number: string,
) => sql<boolean>`payments.payment_id in (select i.payment_id from invoices i
  where i.business_id = ${business_id} and i.customer_id = ${customer_id} and i.number like ${number})`
