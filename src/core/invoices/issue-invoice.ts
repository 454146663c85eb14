// Numbering is the last thing settling does: the counter's row is locked for the shortest time, and a rolled-back settling uses no number.

import { sql } from 'kysely'
import { type InvoiceDocument, type InvoiceLine, type InvoiceParty, taxesOf } from '#billing/invoice.ts'
import { getCustomer } from '#core/customers/queries.ts'
import { describeMethod } from '#core/invoices/describe-method.ts'
import { ownLines } from '#core/payments/own-lines.ts'
import {
  type Dues,
  type DuesLine,
  getDues,
  getDuesDiscounts,
  getDuesLines,
  type Payment,
} from '#core/payments/queries.ts'
import { from, owned } from '#core/scope.ts'
import type { BillingAddress } from '#db/json-types.ts'
import { json } from '#db/temporal.ts'
import type { BusinessCtx } from '#src/context.ts'
import { newId } from '#src/ids.ts'

export async function issueInvoice(ctx: BusinessCtx, payment: Payment): Promise<void> {
  const draft = await describeInvoice(ctx, await getDues(ctx, payment.dues_id), payment)
  const number = await takeNumber(ctx, 'invoice')
  await ctx.db
    .insertInto('invoices')
    .values({
      ...owned(ctx),
      invoice_id: newId('invoice', ctx.wall.now().epochMilliseconds),
      series: 'invoice',
      number,
      payment_id: payment.payment_id,
      customer_id: payment.customer_id,
      document: json<InvoiceDocument>({ ...draft, number }),
      issued_at: ctx.clock.now(),
    })
    .execute()
}

/** What stands between the business's prefix and the number: LS-000042, LS-CN-000007, LS-COR-000001. */
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
  return `${ctx.business.invoice_prefix}-${SERIES[series]}${String(last_number).padStart(6, '0')}`
}

/** All that an invoice says but its number; also of what is not paid yet. */
export async function describeInvoice(
  ctx: BusinessCtx,
  dues: Dues,
  payment: Payment,
): Promise<Omit<InvoiceDocument, 'number'>> {
  const now = ctx.clock.now().toString()
  const lines = await linesOf(ctx, dues)
  return {
    issued_at: now,
    time_zone: ctx.business.timezone,
    currency: dues.currency,
    business: seller(ctx),
    customer: await buyer(ctx, payment),
    lines: lines.map(({ tax_name: _, ...line }) => line),
    subtotal: dues.subtotal,
    tax: dues.tax,
    tax_inclusive: dues.tax_inclusive,
    total: dues.total,
    taxes: taxesOf(lines),
    discounts: (await getDuesDiscounts(ctx, dues.dues_id)).map(({ code, amount }) => ({ code, amount })),
    reverse_charge: dues.reverse_charge,
    credit_applied: dues.credit_applied,
    wallet_applied: dues.wallet_applied,
    payment: { payment_id: payment.payment_id, paid_at: now, method: await methodOf(ctx, payment) },
    next_billing_date: dues.period_end?.toString() ?? null,
  }
}

/** A period belongs to the lines of the subscription, not to what else was in the cart. */
async function linesOf(ctx: BusinessCtx, dues: Dues): Promise<(InvoiceLine & { tax_name: string | null })[]> {
  const lines = await getDuesLines(ctx, dues.dues_id)
  const own = ownLines(lines, dues.kind, (await recurringProduct(ctx, dues)) ?? '')
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

async function recurringProduct(ctx: BusinessCtx, { subscription_id }: Dues): Promise<string | null> {
  if (subscription_id === null) return null
  const { product_id } = await from(ctx, 'subscriptions')
    .select('product_id')
    .where('subscription_id', '=', subscription_id)
    .executeTakeFirstOrThrow()
  return product_id
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

async function buyer(ctx: BusinessCtx, payment: Payment): Promise<InvoiceParty> {
  const customer = await getCustomer(ctx, payment.customer_id)
  return {
    name: customer.name,
    ...(await taxIdentity(ctx, payment)),
    address: postalLines(payment.billing),
    country: payment.billing.country,
    email: customer.email,
  }
}

export function postalLines({ street, zipcode, city, state }: BillingAddress): string[] {
  const town = [zipcode, city].filter(Boolean).join(' ')
  return [street, town, state].filter((line): line is string => Boolean(line))
}

/** A company's name stands for its person only beside a tax id. */
async function taxIdentity(ctx: BusinessCtx, { subscription_id, checkout_id }: Payment) {
  const party = await (subscription_id !== null
    ? from(ctx, 'subscriptions')
        .select(['customer_business_name', 'tax_id'])
        .where('subscription_id', '=', subscription_id)
        .executeTakeFirstOrThrow()
    : from(ctx, 'checkout_sessions')
        .select(['customer_business_name', 'tax_id'])
        .where('checkout_id', '=', checkout_id)
        .executeTakeFirst())
  return { legal_name: party?.tax_id ? party.customer_business_name : null, tax_id: party?.tax_id ?? null }
}
