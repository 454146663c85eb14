// What the next renewal of subscriptions would take if it came as things are now: many at once, priced by what renewals are priced by.
import { isTooSmall } from '#billing/carry.ts'
import { fundsFor, type OwnFunds } from '#billing/credit.ts'
import type { Period } from '#billing/period.ts'
import { decideRenewal, type Renewable } from '#billing/renewal.ts'
import { type CarriedAmount, listCarried, withCarried } from '#core/payments/carried-amounts.ts'
import type { DuesAmounts } from '#core/payments/priced-dues.ts'
import { datesAfter } from '#core/plan-changes/scheduled-dates.ts'
import { frequencyOf, type SubscriptionItem } from '#core/subscriptions/lines.ts'
import { type ChangeAhead, type RenewalFacts, readRenewalFacts } from '#core/subscriptions/next-payment-facts.ts'
import { pricedPeriod } from '#core/subscriptions/price-period.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import { listTaxRates, type TaxRateRow, taxRuleFrom } from '#core/tax/queries.ts'
import { type BusinessCtx, processorFor } from '#src/context.ts'

export interface NextPayment extends DuesAmounts {
  at: Temporal.Instant
  period: Period
  /** What was too small to be charged before, and is on this invoice. Minor units. */
  carried: number
  /** What credit and wallet pay of the total. */
  own_funds: OwnFunds
  /** What is asked of the payment method; 0 where it is too small to be charged and waits. */
  amount: number
  /** What is used until then comes on top. */
  plus_usage: boolean
  /** The plan becomes another one then. */
  change: { product_name: string; quantity: number } | null
}

/**
 * By subscription_id; those are missing that do not renew: they have ended, end before, or never began. One at a time: each as if it
 * came first. `added`: discounts as if they had been given to each.
 */
export async function readNextPayments(
  ctx: BusinessCtx,
  subscriptions: readonly (Subscription & { in_trial: boolean })[],
  added: RenewalFacts['discounts'] = [],
): Promise<Map<string, NextPayment>> {
  const begun = subscriptions.filter(({ next_billing_date, anchor }) => next_billing_date !== null && anchor !== null)
  if (begun.length === 0) return new Map()
  const ids = begun.map(({ subscription_id }) => subscription_id)
  const [facts, rates] = await Promise.all([readRenewalFacts(ctx, ids), listTaxRates(ctx)])
  const carrying = facts.filter(({ carries }) => carries).map(({ subscription_id }) => subscription_id)
  const carried = carrying.length === 0 ? [] : await listCarried(ctx, carrying)
  return new Map(
    begun.flatMap((subscription) => {
      const { subscription_id } = subscription
      const known = facts.find((each) => each.subscription_id === subscription_id)
      const into = carried.filter((each) => each.subscription_id === subscription_id)
      if (known === undefined) return []
      const discounts = [...known.discounts, ...added]
      const next = priceNext(ctx, subscription, { ...known, discounts, rates, carried: into })
      return next === undefined ? [] : [[subscription_id, next] as const]
    }),
  )
}

export type KnownAhead = RenewalFacts & { rates: readonly TaxRateRow[]; carried: readonly CarriedAmount[] }

/** One of them, from what was read before. */
export function priceNext(
  ctx: BusinessCtx,
  running: Subscription & { in_trial: boolean },
  known: KnownAhead,
): NextPayment | undefined {
  const { next_billing_date: at } = running
  if (at === null || decideNext(running)?.type !== 'charge') return undefined
  const { change } = known
  const subscription = change === null ? running : { ...running, ...datesAfter(running, change), ...planOf(change) }
  const decision = decideNext(subscription)
  if (decision?.type !== 'charge') return undefined
  const { period, share } = decision
  const rule = taxRuleFrom(ctx, known.rates, subscription, period.start)
  const discounts = change?.discounts ?? known.discounts
  const items = change === null ? itemsNow(subscription, known) : itemsOf(change)
  const priced = pricedPeriod(subscription, items, { share, rule, discounts })
  const amounts = withCarried(priced, known.carried)
  const minimum = processorFor(ctx).minimumAmount(subscription.currency)
  const funds = { credit: subscription.credit_balance, wallet: known.wallet }
  const waits = isTooSmall(amounts.total, funds, minimum)
  const own_funds = waits ? { credit: 0, wallet: 0 } : fundsFor(amounts.total, funds, minimum)
  return {
    ...amounts,
    at,
    period,
    carried: amounts.total - priced.total,
    own_funds,
    amount: waits ? 0 : amounts.total - own_funds.credit - own_funds.wallet,
    plus_usage: known.used || (known.metered && !running.in_trial),
    change: change && { product_name: change.product_name, quantity: change.quantity },
  }
}

function decideNext(subscription: Subscription) {
  const { anchor, next_billing_date } = subscription
  if (anchor === null || next_billing_date === null) return undefined
  const dates: Renewable = { ...subscription, anchor, next_billing_date, frequency: frequencyOf(subscription) }
  return decideRenewal(dates, next_billing_date)
}

function planOf(change: ChangeAhead) {
  const { product_id, quantity, tax_inclusive, payment_frequency_count, payment_frequency_interval } = change
  return { product_id, quantity, tax_inclusive, payment_frequency_count, payment_frequency_interval }
}

function itemsNow({ product_id, quantity, unit_price }: Subscription, known: KnownAhead): SubscriptionItem[] {
  const { product_name: description, tax_category } = known
  const product = { kind: 'product' as const, product_id, addon_id: null, description, tax_category }
  return [{ ...product, quantity, unit_price }, ...known.addons.map((addon) => addonOf(addon))]
}

function itemsOf({ items, addon_categories, product_name, tax_category }: ChangeAhead): SubscriptionItem[] {
  const ordered = [...items].sort((a, b) => ((a.addon_id ?? '') < (b.addon_id ?? '') ? -1 : 1))
  return ordered.map((item) =>
    item.addon_id === null
      ? { ...item, description: product_name, tax_category }
      : { ...item, tax_category: addon_categories[item.addon_id] ?? tax_category },
  )
}

function addonOf(addon: RenewalFacts['addons'][number]): SubscriptionItem {
  const { addon_id, name: description, tax_category, quantity, unit_price } = addon
  return { kind: 'addon', product_id: null, addon_id, description, tax_category, quantity, unit_price }
}
