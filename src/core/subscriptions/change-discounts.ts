// The discounts of a plan that is changed to: those the request names, else those that are kept.
import { isFor } from '#billing/discount.ts'
import { isSamePlan, type PlanChangeDecision } from '#billing/plan-change.ts'
import { type AppliedDiscount, readDiscounts } from '#core/discounts/subscription-discounts.ts'
import type { SubscriptionItem } from '#core/subscriptions/lines.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import type { PlanWanted } from '#core/subscriptions/target-plan.ts'
import type { PlanDiscount } from '#db/json-types.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

export interface ChangeDiscounts {
  /** Of the subscription as it is. */
  current: AppliedDiscount[]
  wanted: AppliedDiscount[]
}

/** Left out, those stay that are meant to and are for the new product. */
export async function discountsOfChange(
  ctx: BusinessCtx,
  subscription: Subscription,
  request: PlanWanted,
): Promise<ChangeDiscounts> {
  const current = await readDiscounts(ctx, subscription.subscription_id)
  const kept = current.filter(
    (discount) => discount.preserve_on_plan_change && isFor(discount.terms, request.product_id),
  )
  return { current, wanted: kept }
}

/** Throws 422 where nothing would change. */
export function assertOther(
  subscription: Subscription,
  items: readonly SubscriptionItem[],
  request: PlanWanted,
  { current, wanted }: ChangeDiscounts,
): void {
  const addons = items.flatMap(({ addon_id, quantity }) => (addon_id === null ? [] : [{ addon_id, quantity }]))
  const idsOf = (discounts: readonly AppliedDiscount[]) => discounts.map(({ discount_id }) => discount_id)
  const here = { ...subscription, addons, discount_ids: idsOf(current) }
  if (!isSamePlan(here, { ...request, addons: [...request.addons], discount_ids: idsOf(wanted) })) return
  throw new AppError('INVALID_REQUEST_PARAMETERS', { message: 'The subscription has this plan already' })
}

/** As the change keeps them, with what paying for it does to their cycles. */
export function namedDiscounts(
  { current, wanted }: ChangeDiscounts,
  cycles: PlanChangeDecision['cycles'],
): PlanDiscount[] {
  const had = new Set(current.map(({ discount_id }) => discount_id))
  return wanted.map(({ discount_id, code, terms, cycles_remaining }) => {
    const uses_cycle = cycles === 'all' || (cycles === 'new' && !had.has(discount_id))
    return { discount_id, code, terms, cycles_remaining, uses_cycle }
  })
}
