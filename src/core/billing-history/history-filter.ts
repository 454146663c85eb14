// What a statement can be narrowed to, as conditions on the three kinds of rows it is made of.
import { type RawBuilder, sql } from 'kysely'
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

type Condition = RawBuilder<boolean>

const never = sql<boolean>`false`

/** On `payments`. */
export function ofPayments(filter: HistoryFilter): Condition[] {
  return [
    sql`payments.customer_id = ${filter.customer_id}`,
    ...ofPurchase(filter),
    ...statusOfPayment(filter.status),
    ...within(filter, sql`payments.created_at`),
    ...containing(filter.search, (like) => [inLines(like), inInvoice(like)]),
  ]
}

/** On `refunds` joined to their `payments`. One that failed gave nothing back and is not told. */
export function ofRefunds(filter: HistoryFilter): Condition[] {
  return [
    sql`refunds.customer_id = ${filter.customer_id}`,
    ...ofPurchase(filter),
    ...statusOfRefund(filter.status),
    ...within(filter, sql`refunds.created_at`),
    ...containing(filter.search, (like) => [
      inLines(like),
      inInvoice(like),
      sql`exists (select from credit_notes n where n.business_id = refunds.business_id
        and n.refund_id = refunds.refund_id and n.number ilike ${like})`,
    ]),
  ]
}

/** On `credit_notes` joined to their invoice's `payments`. */
export function ofCredits(filter: HistoryFilter): Condition[] {
  return [
    sql`credit_notes.customer_id = ${filter.customer_id}`,
    sql`credit_notes.refund_id is null`,
    ...ofPurchase(filter),
    ...(filter.status === undefined || filter.status === 'refunded' ? [] : [never]),
    ...within(filter, sql`credit_notes.issued_at`),
    ...containing(filter.search, (like) => [inLines(like), sql`credit_notes.number ilike ${like}`]),
  ]
}

function ofPurchase({ subscription_id, pricing_type }: HistoryFilter): Condition[] {
  return [
    ...(subscription_id === undefined ? [] : [sql<boolean>`payments.subscription_id = ${subscription_id}`]),
    ...(pricing_type === undefined ? [] : [isOfType(pricing_type)]),
  ]
}

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

function containing(search: string | undefined, places: (like: string) => Condition[]): Condition[] {
  if (search === undefined) return []
  const like = `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`
  return [sql`(${sql.join(places(like), sql` or `)})`]
}

const inLines = (like: string) => sql<boolean>`exists (select from dues_lines l
  where l.business_id = payments.business_id and l.dues_id = payments.dues_id and l.description ilike ${like})`

const inInvoice = (like: string) => sql<boolean>`exists (select from invoices i
  where i.business_id = payments.business_id and i.payment_id = payments.payment_id and i.number ilike ${like})`
