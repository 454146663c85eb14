// A period of a subscription as it is billed: its lines, its discounts, the tax of the period's first day.
import type { Ratio } from '#billing/money.ts'
import { priceLines } from '#billing/price-lines.ts'
import { readDiscounts } from '#core/discounts/subscription-discounts.ts'
import { type DuesAmounts, pricedDues } from '#core/payments/priced-dues.ts'
import type { SubscriptionItem } from '#core/subscriptions/lines.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import { readTaxRule } from '#core/tax/queries.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface PeriodItem extends SubscriptionItem {
  /** Of a whole period, before discounts; quantity × unit_price where it is not said. */
  amount?: number
  /** The part of a period it is for; the period's where it is not said. */
  share?: Ratio
}

export async function pricePeriod(
  ctx: BusinessCtx,
  subscription: Subscription,
  items: readonly PeriodItem[],
  period: { start: Temporal.Instant; share: Ratio },
): Promise<DuesAmounts> {
  const [rule, discounts] = await Promise.all([
    readTaxRule(ctx, subscription, period.start),
    readDiscounts(ctx, subscription.subscription_id),
  ])
  const { product_id: sold_with, tax_inclusive } = subscription
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
    discounts.map((discount) => ({ ...discount, uses_cycle: true })),
  )
}
