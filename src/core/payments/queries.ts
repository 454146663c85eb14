import { type Selectable, sql } from 'kysely'
import { brandOfPayment } from '#core/brands/with-brands.ts'
import { offsetOf, type Page } from '#core/paging.ts'
import { from, on } from '#core/scope.ts'
import { together } from '#core/together/together.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

export type Payment = Selectable<DB['payments']>
export type Dues = Selectable<DB['dues']>
export type DuesDiscount = Selectable<DB['dues_discounts']>
export type DuesLine = Selectable<DB['dues_lines']>

/** What a line costs with its tax. */
export function grossOf({ amount, tax, tax_inclusive }: Pick<DuesLine, 'amount' | 'tax' | 'tax_inclusive'>): number {
  return tax_inclusive ? amount : amount + tax
}

export async function findPayment(ctx: BusinessCtx, payment_id: string): Promise<Payment | undefined> {
  return from(ctx, 'payments').selectAll().where('payment_id', '=', payment_id).executeTakeFirst()
}

export async function getPayment(ctx: BusinessCtx, payment_id: string): Promise<Payment> {
  const payment = await findPayment(ctx, payment_id)
  if (payment === undefined) throw notFound('payment')
  return payment
}

/** Ordered through the API and not begun: nobody was at the checkout yet, and the processor knows nothing of it. */
export function awaitsBuyer({ settled_at, status, next_check_at }: Payment): boolean {
  return settled_at === null && status === 'requires_customer_action' && next_check_at === null
}

export async function getDues(ctx: BusinessCtx, dues_id: string): Promise<Dues> {
  return from(ctx, 'dues').selectAll().where('dues_id', '=', dues_id).executeTakeFirstOrThrow()
}

export async function getDuesLines(ctx: BusinessCtx, dues_id: string): Promise<DuesLine[]> {
  return together(ctx, readLines, dues_id)
}

async function readLines(ctx: BusinessCtx, ids: readonly string[]): Promise<DuesLine[][]> {
  const lines = await from(ctx, 'dues_lines')
    .selectAll()
    .where(sql<boolean>`dues_id = any(${ids})`)
    .orderBy('position')
    .execute()
  const byDues = Map.groupBy(lines, ({ dues_id }) => dues_id)
  return ids.map((dues_id) => byDues.get(dues_id) ?? [])
}

/** What each discount took of the dues, in the order they applied. */
export async function getDuesDiscounts(ctx: BusinessCtx, dues_id: string): Promise<DuesDiscount[]> {
  return from(ctx, 'dues_discounts').selectAll().where('dues_id', '=', dues_id).orderBy('position').execute()
}

/** What holds a subscription: the oldest of its dues that nobody paid. */
export async function findOpenDues(ctx: BusinessCtx, subscription_id: string): Promise<Dues | undefined> {
  return from(ctx, 'dues')
    .selectAll()
    .where('subscription_id', '=', subscription_id)
    .where('status', '=', 'open')
    .orderBy('created_at')
    .executeTakeFirst()
}

/** Whether somebody still has to say what became of a payment of this subscription; one that nobody has begun is none. */
export async function hasOpenPayment(ctx: BusinessCtx, subscription_id: string): Promise<boolean> {
  const open = await from(ctx, 'payments')
    .select('payment_id')
    .where('subscription_id', '=', subscription_id)
    .where('settled_at', 'is', null)
    .where((eb) => eb.or([eb('status', '<>', 'requires_customer_action'), eb('next_check_at', 'is not', null)]))
    .executeTakeFirst()
  return open !== undefined
}

export interface PaymentFilter {
  /** Of what it pays for; null: the primary one. */
  brand_id?: string | null | undefined
  payment_ids?: readonly string[]
  customer_id?: string
  subscription_id?: string
  product_id?: string
  currency?: string
  status?: Payment['status']
  /** What the customer calls it: a one-time purchase, a subscription, or what was used of one. */
  pricing_type?: 'one_time' | 'subscription' | 'usage'
  created_at_gte?: Temporal.Instant
  created_at_lte?: Temporal.Instant
}

/** A payment with what a list says about it: its invoice and the first line it paid for. */
export type PaymentListed = Payment & {
  invoice_id: string | null
  invoice_number: string | null
  description: string | null
  /** By the payment method and the wallet, in minor units. */
  paid_total: number
  /** Of that, given back so far. */
  refunded: number
}

/** Newest first. One query, by an index on whichever owner the filter names. */
export async function listPayments(ctx: BusinessCtx, filter: PaymentFilter, page: Page): Promise<PaymentListed[]> {
  return paymentsQuery(ctx, filter, page).execute()
}

/** The same, for lists that say more. */
export function paymentsQuery(ctx: BusinessCtx, filter: PaymentFilter, page: Page) {
  let query = from(ctx, 'payments')
    .leftJoin('invoices', (join) =>
      on('invoices.payment_id', 'payments.payment_id')(join).on('invoices.series', '=', 'invoice'),
    )
    .leftJoin('dues_lines', (join) =>
      on('dues_lines.dues_id', 'payments.dues_id')(join).on('dues_lines.position', '=', 0),
    )
    .selectAll('payments')
    .select(['invoices.invoice_id', 'invoices.number as invoice_number', 'dues_lines.description'])
    .select(
      sql<number>`payments.total_amount + case when payments.applied then (select d.wallet_applied from dues d
        where d.business_id = payments.business_id and d.dues_id = payments.dues_id) else 0 end`.as('paid_total'),
    )
    .select(
      sql<number>`coalesce((select sum(r.amount + r.wallet_amount)::bigint from refunds r where r.business_id = payments.business_id
        and r.payment_id = payments.payment_id and r.status = 'succeeded'), 0)`.as('refunded'),
    )
  if (filter.payment_ids !== undefined) query = query.where('payments.payment_id', 'in', filter.payment_ids)
  if (filter.customer_id !== undefined) query = query.where('payments.customer_id', '=', filter.customer_id)
  if (filter.subscription_id !== undefined) query = query.where('payments.subscription_id', '=', filter.subscription_id)
  if (filter.product_id !== undefined) query = query.where('dues_lines.product_id', '=', filter.product_id)
  if (filter.currency !== undefined) query = query.where('payments.currency', '=', filter.currency)
  if (filter.status !== undefined) query = query.where('payments.status', '=', filter.status)
  if (filter.brand_id !== undefined) query = query.where(brandOfPayment, 'is not distinct from', filter.brand_id)
  if (filter.pricing_type !== undefined) query = query.where(isOfType(filter.pricing_type))
  if (filter.created_at_gte !== undefined) query = query.where('payments.created_at', '>=', filter.created_at_gte)
  if (filter.created_at_lte !== undefined) query = query.where('payments.created_at', '<=', filter.created_at_lte)
  return query
    .orderBy('payments.created_at', 'desc')
    .orderBy('payments.payment_id', 'desc')
    .limit(page.page_size)
    .offset(offsetOf(page))
}

/** Whether a payment is one for a purchase, for a subscription's period, or for what was used. */
export function isOfType(type: NonNullable<PaymentFilter['pricing_type']>) {
  if (type === 'one_time') return sql<boolean>`payments.subscription_id is null`
  const used = sql<boolean>`exists (select from dues d where d.business_id = payments.business_id
    and d.dues_id = payments.dues_id and d.kind = 'usage')`
  return type === 'usage' ? used : sql<boolean>`payments.subscription_id is not null and not ${used}`
}
