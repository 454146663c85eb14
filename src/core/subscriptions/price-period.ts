// A period of a subscription as it is billed: its lines, its discounts, the tax of the period's first day.
import type { Ratio } from '#billing/money.ts'
import { priceLines } from '#billing/price-lines.ts'
import { type AppliedDiscount, readDiscounts } from '#core/discounts/subscription-discounts.ts'
import { type DescribedItem, type DuesAmounts, pricedDues } from '#core/payments/priced-dues.ts'
import type { SubscriptionItem } from '#core/subscriptions/lines.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import { readTaxRule, type TaxRule } from '#core/tax/queries.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface PeriodItem extends Omit<SubscriptionItem, 'kind'>, Pick<DescribedItem, 'kind' | 'used'> {
  /** Of a whole period, before discounts; quantity × unit_price where it is not said. */
  amount?: number
  /** The part of a period it is for; the period's where it is not said. */
  share?: Ratio
}

interface Priced {
  start: Temporal.Instant
  share: Ratio
  /** The subscription's, where not others are given. */
  discounts?: AppliedDiscount[] | undefined
  /** True where it is not said. */
  uses_cycle?: boolean
}

export async function pricePeriod(
  ctx: BusinessCtx,
  subscription: Subscription,
  items: readonly PeriodItem[],
  period: Priced,
): Promise<DuesAmounts> {
  const [rule, discounts] = await Promise.all([
    readTaxRule(ctx, subscription, period.start),
    period.discounts ?? readDiscounts(ctx, subscription.subscription_id),
  ])
  return pricedPeriod(subscription, items, { ...period, rule, discounts })
}

/** The same of what was read before. */
export function pricedPeriod(
  { product_id: sold_with, tax_inclusive }: Pick<Subscription, 'product_id' | 'tax_inclusive'>,
  items: readonly PeriodItem[],
  period: Pick<Priced, 'share' | 'uses_cycle'> & {
    rule: TaxRule
    discounts: readonly Pick<AppliedDiscount, 'discount_id' | 'code' | 'terms'>[]
  },
): DuesAmounts {
  const { rule, discounts } = period
  const lines = items.map((item) => ({
    amount: item.amount ?? item.quantity * item.unit_price,
    share: item.share ?? period.share,
    sold_with,
    tax_inclusive,
    tax: rule.rateOf(item.tax_category),
  }))
  const priced = priceLines(
    lines,
    discounts.map(({ terms }) => terms),
  )
  return pricedDues(
    items,
    priced,
    rule.reverse_charge,
    discounts.map((discount) => ({ ...discount, uses_cycle: period.uses_cycle ?? true })),
  )
}
