// Numbering is the last thing settling does: the counter's row is locked for the shortest time, and a rolled-back settling uses no number.

import { sql } from 'kysely'
import { type InvoiceDocument, type InvoiceLine, type InvoiceParty, taxesOf } from '#billing/invoice.ts'
import { describeMethod } from '#core/invoices/describe-method.ts'
import { ownLines } from '#core/payments/own-lines.ts'
import type { DuesWhole } from '#core/payments/paid-dues.ts'
import type { DuesLine, Payment } from '#core/payments/queries.ts'
import { from, on, owned } from '#core/scope.ts'
import { inOrder, together } from '#core/together/together.ts'
import type { BillingAddress } from '#db/json-types.ts'
import { rowsAsJson } from '#db/temporal.ts'
import type { BusinessCtx } from '#src/context.ts'
import { newId } from '#src/ids.ts'

/** In one statement with its number, so that whoever is numbered next waits for no more than this commit. */
export async function issueInvoice(ctx: BusinessCtx, dues: DuesWhole, payment: Payment): Promise<void> {
  const document = await describeInvoice(ctx, dues, payment)
  const { payment_id, customer_id } = payment
  const invoice_id = newId('invoice', ctx.wall.now().epochMilliseconds)
  await together(ctx, insertInvoices, { invoice_id, payment_id, customer_id, document, issued_at: ctx.clock.now() })
}

interface Draft {
  invoice_id: string
  payment_id: string
  customer_id: string
  document: Omit<InvoiceDocument, 'number'>
  issued_at: Temporal.Instant
}

async function insertInvoices(ctx: BusinessCtx, drafts: readonly Draft[]): Promise<undefined[]> {
  const { business_id, invoice_prefix } = ctx.business
  const count = drafts.length
  const rows = rowsAsJson(drafts.map((draft, at) => ({ ...draft, place: at + 1 })))
  await sql`
    with counter as (
      insert into invoice_counters (business_id, series, last_number) values (${business_id}, 'invoice', ${count})
      on conflict (business_id, series) do update set last_number = invoice_counters.last_number + ${count}
      returning last_number - ${count}::bigint as before
    ), drafts as (
      select draft.*, (before + place)::text as digits
        from counter, json_to_recordset(${rows}) as draft
          (place int, invoice_id text, payment_id text, customer_id text, document jsonb, issued_at timestamptz)
    ), numbered as (
      select *, ${`${invoice_prefix}-${SERIES.invoice}`} || lpad(digits, greatest(${DIGITS}, length(digits)), '0') as number
        from drafts
    )
    insert into invoices (business_id, invoice_id, series, number, payment_id, customer_id, document, issued_at)
    select ${business_id}, invoice_id, 'invoice', number, payment_id, customer_id,
           document || jsonb_build_object('number', number), issued_at
      from numbered
  `.execute(ctx.db)
  return []
}

/** What stands between the business's prefix and the number: LS-000042, LS-CN-000007, LS-COR-000001. */
const DIGITS = 6
const SERIES = { invoice: '', credit_note: 'CN-', correction: 'COR-' }

/** The next number of a series, without gaps: call it last in the transaction that uses it. */
export async function takeNumber(ctx: BusinessCtx, series: keyof typeof SERIES): Promise<string> {
  const { last_number } = await ctx.db
    .insertInto('invoice_counters')
    .values({ ...owned(ctx), series, last_number: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['business_id', 'series'])
        .doUpdateSet({ last_number: sql<number>`invoice_counters.last_number + 1` }),
    )
    .returning('last_number')
    .executeTakeFirstOrThrow()
  return `${ctx.business.invoice_prefix}-${SERIES[series]}${String(last_number).padStart(DIGITS, '0')}`
}

/** All that an invoice says but its number; also of what is not paid yet. */
export async function describeInvoice(
  ctx: BusinessCtx,
  dues: DuesWhole,
  payment: Payment,
): Promise<Omit<InvoiceDocument, 'number'>> {
  const now = ctx.clock.now().toString()
  const bought = await readBuyer(ctx, payment)
  const lines = linesOf(dues, bought.product_id)
  return {
    issued_at: now,
    time_zone: ctx.business.timezone,
    currency: dues.currency,
    business: seller(ctx),
    customer: buyer(bought, payment),
    lines: lines.map(({ tax_name: _, ...line }) => line),
    subtotal: dues.subtotal,
    tax: dues.tax,
    tax_inclusive: dues.tax_inclusive,
    total: dues.total,
    taxes: taxesOf(lines),
    discounts: dues.discounts.map(({ code, amount }) => ({ code, amount })),
    reverse_charge: dues.reverse_charge,
    credit_applied: dues.credit_applied,
    wallet_applied: dues.wallet_applied,
    payment: { payment_id: payment.payment_id, paid_at: now, method: await methodOf(ctx, payment) },
    next_billing_date: dues.period_end?.toString() ?? null,
  }
}

/** A period belongs to the lines of the subscription, not to what else was in the cart. */
function linesOf(dues: DuesWhole, product_id: string | null): (InvoiceLine & { tax_name: string | null })[] {
  const { lines } = dues
  const own = ownLines(lines, dues.kind, product_id ?? '')
  const dated = (line: DuesLine) => own.has(line) && line.kind !== 'carried'
  return lines.map((line) => ({
    ...(line.kind === 'carried' ? { carried: line.amount < 0 ? ('out' as const) : ('in' as const) } : {}),
    description: line.description,
    quantity: line.quantity,
    unit_price: line.unit_price,
    amount: line.amount,
    tax: line.tax,
    tax_rate: line.tax_rate === null ? null : Number(line.tax_rate),
    tax_name: line.tax_name,
    tax_inclusive: line.tax_inclusive,
    discount: line.discount,
    // Usage is of the time that has passed.
    period_start: (line.period_start ?? (dated(line) ? dues.period_start : null))?.toString() ?? null,
    period_end: (line.period_end ?? (dated(line) ? dues.period_end : null))?.toString() ?? null,
  }))
}

/** A card used once is not saved: the payment itself says which it was. */
async function methodOf(ctx: BusinessCtx, payment: Payment): Promise<string | null> {
  if (payment.processor === null) return null
  if (payment.card_last_four !== null) return describeMethod({ ...payment, display: null })
  const saved = await from(ctx, 'payment_methods')
    .selectAll()
    .where('payment_method_id', '=', payment.payment_method_id)
    .executeTakeFirst()
  return saved === undefined ? (payment.payment_method?.toUpperCase() ?? null) : describeMethod(saved)
}

function seller({ business }: BusinessCtx): InvoiceParty {
  return {
    name: business.name,
    legal_name: business.legal_name,
    address: business.address?.split(/\r?\n/) ?? [],
    country: business.country,
    tax_id: business.tax_id,
    email: business.support_email,
  }
}

function buyer(bought: Buyer, { billing }: Payment): InvoiceParty {
  const { name, email, tax_id } = bought
  return {
    name,
    // A company's name stands for its person only beside a tax id.
    legal_name: tax_id ? bought.customer_business_name : null,
    tax_id,
    address: postalLines(billing),
    country: billing.country,
    email,
  }
}

export function postalLines({ street, zipcode, city, state }: BillingAddress): string[] {
  const town = [zipcode, city].filter(Boolean).join(' ')
  return [street, town, state].filter((line): line is string => Boolean(line))
}

interface Buyer {
  name: string
  email: string
  customer_business_name: string | null
  tax_id: string | null
  /** Of the subscription. */
  product_id: string | null
}

/** Who buys, as the subscription says, or the checkout of what was bought once. */
async function readBuyer(ctx: BusinessCtx, { payment_id }: Payment): Promise<Buyer> {
  const buyer = await together(ctx, readBuyers, payment_id)
  if (buyer === undefined) throw new Error('a payment is of a customer')
  return buyer
}

async function readBuyers(ctx: BusinessCtx, payment_ids: readonly string[]): Promise<(Buyer | undefined)[]> {
  const of = (column: 'customer_business_name' | 'tax_id') =>
    sql<
      string | null
    >`case when payments.subscription_id is null then checkout_sessions.${sql.ref(column)} else subscriptions.${sql.ref(column)} end`
  const buyers = await from(ctx, 'payments')
    .innerJoin('customers', on('customers.customer_id', 'payments.customer_id'))
    .leftJoin('subscriptions', on('subscriptions.subscription_id', 'payments.subscription_id'))
    .leftJoin('checkout_sessions', on('checkout_sessions.checkout_id', 'payments.checkout_id'))
    .select(['payments.payment_id', 'customers.name', 'customers.email', 'subscriptions.product_id'])
    .select([of('customer_business_name').as('customer_business_name'), of('tax_id').as('tax_id')])
    .where(sql<boolean>`payments.payment_id = any(${payment_ids})`)
    .execute()
  return inOrder(payment_ids, buyers, ({ payment_id }) => payment_id)
}
