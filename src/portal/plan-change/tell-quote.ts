// From the row of a quote to what its page says.
import { periodBoundary } from '#billing/period.ts'
import { getProduct } from '#core/catalog/queries.ts'
import type { Quote } from '#core/quotes/queries.ts'
import type { SubscriptionItem, SubscriptionListed } from '#core/subscriptions/queries.ts'
import type { QuotedSums, SumLine } from '#portal/plan-change/quote-sums.tsx'
import type { BusinessCtx } from '#src/context.ts'

type QuotedLine = Quote['lines'][number]

const DAY = 86_400_000_000_000

export interface ToldQuote extends QuotedSums {
  quote_id: string
  product_name: string
  quantity: number
  /** The plan stays; only how many, or its add-ons, change. */
  same_product: boolean
  /** Null: now. */
  scheduled_for: Temporal.Instant | null
  expires_at: Temporal.Instant
  next: { at: Temporal.Instant; total: number; amount: number; plus_usage: boolean } | null
  /** When it ends, where no renewal is to come. */
  ends_at: Temporal.Instant
  recurring: { amount: number; count: number; interval: SubscriptionListed['payment_frequency_interval'] }
  /** Add-ons that end with the change. */
  dropped: string[]
}

export async function tellQuote(
  ctx: BusinessCtx,
  subscription: SubscriptionListed,
  quote: Quote,
  items: readonly SubscriptionItem[],
): Promise<ToldQuote> {
  const { request, currency, next_total, next_amount, next_billing_date } = quote
  const product = await getProduct(ctx, request.product_id)
  const recurring = {
    amount: quote.recurring_pre_tax_amount,
    count: product.payment_frequency_count ?? 1,
    interval: product.payment_frequency_interval ?? 'Month',
  }
  const wanted = request.addons.map(({ addon_id }) => addon_id)
  const scheduled = quote.lines.length === 0 && quote.effective_at.equals(next_billing_date)
  return {
    quote_id: quote.quote_id,
    product_name: product.name,
    quantity: request.quantity,
    same_product: request.product_id === subscription.product_id,
    scheduled_for: scheduled ? quote.effective_at : null,
    expires_at: quote.expires_at,
    next:
      next_total === null || next_amount === null
        ? null
        : { at: next_billing_date, total: next_total, amount: next_amount, plus_usage: quote.next_plus_usage },
    ends_at: next_billing_date,
    recurring,
    dropped: items.flatMap(({ addon_id, description }) =>
      addon_id === null || wanted.includes(addon_id) ? [] : [description],
    ),
    currency,
    lines: quote.lines.map((line) => lineOf(line, recurring, subscription, daysFor(quote, subscription))),
    discounts: quote.discounts.filter(({ amount }) => amount > 0),
    taxes: taxesOf(quote.lines),
    credit_applied: quote.credit_applied,
    wallet_applied: quote.wallet_applied,
    carried: quote.carried ? quote.charge : 0,
    credit_granted: quote.credit_granted,
    total: quote.total,
  }
}

/** What is charged stands before its discounts, which have lines of their own; what is given back is what was paid. */
function lineOf(line: QuotedLine, to: ToldQuote['recurring'], from: SubscriptionListed, days: DaysFor): SumLine {
  const { numerator, denominator } = line.share
  const gives_back = line.unit_price < 0
  const rhythm = gives_back
    ? { count: from.payment_frequency_count, interval: from.payment_frequency_interval }
    : { count: to.count, interval: to.interval }
  return {
    name: line.description,
    quantity: line.quantity,
    gives_back,
    whole: { amount: Math.abs(line.quantity * line.unit_price), ...rhythm },
    share: numerator === denominator ? null : days(line),
    amount: gives_back ? line.amount : line.amount + line.discount,
  }
}

type DaysFor = (line: QuotedLine) => NonNullable<SumLine['share']>

/**
 * "14.61 of 30": days as people count them; the line itself is exact. What is given back is a part of the running period, and so is what
 * is charged, but where the end of the term has cut that period: then of a whole one.
 */
function daysFor({ lines }: Quote, from: SubscriptionListed): DaysFor {
  const ratioOf = ({ share }: QuotedLine) => Number(share.numerator) / Number(share.denominator)
  const back = lines.find(({ unit_price }) => unit_price < 0)
  const start = from.previous_billing_date
  const nominal = start === null ? DAY : Number(lengthOf(start, from))
  return (line) => {
    const ratio = ratioOf(line)
    const running = back !== undefined && Math.abs(ratioOf(back) - ratio) < 1e-9
    const whole = running ? Number(back.share.denominator) : nominal
    return { left: round((ratio * whole) / DAY), of: round(whole / DAY) }
  }
}

function lengthOf(
  start: Temporal.Instant,
  { payment_frequency_count, payment_frequency_interval }: SubscriptionListed,
) {
  const frequency = { count: payment_frequency_count, interval: payment_frequency_interval }
  return periodBoundary(start, frequency, 1).epochNanoseconds - start.epochNanoseconds
}

const round = (days: number) => Math.round(days * 100) / 100

/** Each rate once, what is given back taken off. */
function taxesOf(lines: readonly QuotedLine[]): QuotedSums['taxes'] {
  const taxes: QuotedSums['taxes'] = []
  for (const { tax, tax_name: name, tax_rate: rate, tax_inclusive: inclusive } of lines) {
    if (tax === 0 || rate === null) continue
    const known = taxes.find((each) => each.name === name && each.rate === rate && each.inclusive === inclusive)
    if (known === undefined) taxes.push({ name, rate, inclusive, tax })
    else known.tax += tax
  }
  return taxes.filter(({ tax }) => tax !== 0)
}
