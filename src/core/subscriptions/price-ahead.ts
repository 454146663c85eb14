// A renewal that lies ahead, priced by what renewals are priced by from what was read before; and the one after it.
import { isTooSmall } from '#billing/carry.ts'
import { fundsFor, type OwnFunds } from '#billing/credit.ts'
import type { Period } from '#billing/period.ts'
import { decideRenewal, type Renewable } from '#billing/renewal.ts'
import { type CarriedAmount, withCarried } from '#core/payments/carried-amounts.ts'
import type { DuesAmounts } from '#core/payments/priced-dues.ts'
import { datesAfter } from '#core/plan-changes/scheduled-dates.ts'
import { frequencyOf, type SubscriptionItem } from '#core/subscriptions/lines.ts'
import type { ChangeAhead, KnownAhead, RenewalFacts } from '#core/subscriptions/next-payment-facts.ts'
import { pricedPeriod } from '#core/subscriptions/price-period.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import { type TaxRateRow, taxRuleFrom } from '#core/tax/queries.ts'
import { type BusinessCtx, processorFor } from '#src/context.ts'

export interface PlanAhead {
  /** As its renewal finds it: with the plan it changes to. */
  subscription: Subscription
  items: readonly SubscriptionItem[]
  discounts: RenewalFacts['discounts']
  rates: readonly TaxRateRow[]
  /** What was too small to be charged before. */
  carried: readonly CarriedAmount[]
  /** The same of renewals that have not been yet, in one sum. Minor units. */
  waiting: number
}

export interface PricedAhead {
  amounts: DuesAmounts
  /** With what waits. */
  total: number
  /** What of the total was too small to be charged before. Minor units. */
  carried: number
  period: Period
  period_number: number
}

/** Undefined where it does not renew. */
export function planAhead(running: Subscription, known: KnownAhead): PlanAhead | undefined {
  if (decideNext(running)?.type !== 'charge') return undefined
  const { change, rates, carried } = known
  const subscription = change === null ? running : { ...running, ...datesAfter(running, change), ...planOf(change) }
  const items = change === null ? itemsNow(subscription, known) : itemsOf(change)
  return { subscription, items, discounts: change?.discounts ?? known.discounts, rates, carried, waiting: 0 }
}

/** Undefined where there is none: it ends before. */
export function priceAhead(ctx: BusinessCtx, plan: PlanAhead): PricedAhead | undefined {
  const { subscription, items, discounts, rates, waiting } = plan
  const decision = decideNext(subscription)
  if (decision?.type !== 'charge') return undefined
  const { period, period_number, share } = decision
  const rule = taxRuleFrom(ctx, rates, subscription, period.start)
  const priced = pricedPeriod(subscription, items, { share, rule, discounts })
  const amounts = withCarried(priced, plan.carried)
  const total = amounts.total + waiting
  return { amounts, total, carried: total - priced.total, period, period_number }
}

/** What pays a total of it when there is so much in the wallet: nothing yet where it is too small to be charged and waits. */
export function payAhead(
  ctx: BusinessCtx,
  { currency, credit_balance: credit }: Subscription,
  total: number,
  wallet: number,
): { own_funds: OwnFunds; amount: number } {
  const minimum = processorFor(ctx).minimumAmount(currency)
  const funds = { credit, wallet }
  if (isTooSmall(total, funds, minimum)) return { own_funds: { credit: 0, wallet: 0 }, amount: 0 }
  const own_funds = fundsFor(total, funds, minimum)
  return { own_funds, amount: total - own_funds.credit - own_funds.wallet }
}

/** As it stands once this renewal was paid like that. */
export function planAfter(
  plan: PlanAhead,
  { total, period, period_number }: PricedAhead,
  { own_funds, amount }: { own_funds: OwnFunds; amount: number },
): PlanAhead {
  const credit_balance = plan.subscription.credit_balance - own_funds.credit
  return {
    ...plan,
    subscription: { ...plan.subscription, credit_balance, period_number, next_billing_date: period.end },
    discounts: plan.discounts
      .filter(({ cycles_remaining }) => cycles_remaining !== 1)
      .map((discount) => ({ ...discount, cycles_remaining: oneLess(discount.cycles_remaining) })),
    carried: [],
    waiting: total - own_funds.credit - own_funds.wallet - amount,
  }
}

function oneLess(cycles: number | null): number | null {
  return cycles === null ? null : cycles - 1
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
