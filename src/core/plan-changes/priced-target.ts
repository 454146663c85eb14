import type { PricedPlan } from '#billing/change-lines.ts'
import type { Frequency } from '#billing/period.ts'
import type { AppliedDiscount } from '#core/discounts/subscription-discounts.ts'
import type { TargetPlan } from '#core/plan-changes/target-plan.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import { readTaxRule } from '#core/tax/queries.ts'
import type { BusinessCtx } from '#src/context.ts'

/** The plan that is changed to, with its discounts and the tax of that day. */
export async function pricedTarget(
  ctx: BusinessCtx,
  subscription: Subscription,
  { product, frequency, items }: TargetPlan,
  discounts: readonly AppliedDiscount[],
  at: Temporal.Instant,
): Promise<{ to: PricedPlan & { frequency: Frequency }; reverse_charge: boolean }> {
  const rule = await readTaxRule(ctx, subscription, at)
  const { product_id: sold_with, tax_inclusive } = product
  const taxed = items.map((item) => ({ ...item, sold_with, tax_inclusive, tax: rule.rateOf(item.tax_category) }))
  const terms = discounts.map((discount) => discount.terms)
  return { to: { frequency, items: taxed, discounts: terms }, reverse_charge: rule.reverse_charge }
}
