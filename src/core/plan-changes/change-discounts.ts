// The discounts of a plan that is changed to: those the request names, else those that are kept.
import { isFor } from '#billing/discount.ts'
import { isSamePlan, type PlanChangeDecision } from '#billing/plan-change.ts'
import { reserveRedemptions, useRedemptions, wasRedeemed } from '#core/discounts/redeem.ts'
import { resolveCodes } from '#core/discounts/resolve-codes.ts'
import { type AppliedDiscount, readDiscounts } from '#core/discounts/subscription-discounts.ts'
import type { PlanChangeRow } from '#core/plan-changes/store.ts'
import type { PlanWanted, TargetPlan } from '#core/plan-changes/target-plan.ts'
import type { SubscriptionItem } from '#core/subscriptions/lines.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import type { PlanDiscount } from '#db/json-types.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

export interface ChangeDiscounts {
  /** Of the subscription as it is. */
  current: AppliedDiscount[]
  wanted: AppliedDiscount[]
  /** The request names them; it did not leave them out. */
  named: boolean
}

/** Left out, those stay that are meant to and are for the new product. Throws what keeps a code from being redeemed there. */
export async function discountsOfChange(
  ctx: BusinessCtx,
  subscription: Subscription,
  request: PlanWanted & { discount_codes?: readonly string[] | null | undefined },
  target: TargetPlan,
): Promise<ChangeDiscounts> {
  const current = await readDiscounts(ctx, subscription.subscription_id)
  const { discount_codes: codes, product_id } = request
  if (codes == null) {
    const kept = current.filter((each) => each.preserve_on_plan_change && isFor(each.terms, product_id))
    return { current, wanted: kept, named: false }
  }
  const wanted: AppliedDiscount[] = []
  for (const code of codes) {
    const discount = await discountNamed(ctx, subscription, code.trim().toUpperCase(), current, target)
    if (wanted.some(({ discount_id }) => discount_id === discount.discount_id)) {
      throw new AppError('INVALID_DISCOUNT_CODE', { field: 'discount_codes' })
    }
    wanted.push(discount)
  }
  return { current, wanted, named: true }
}

/** One that the subscription has goes on as it is; another is redeemed, once for a subscription. */
async function discountNamed(
  ctx: BusinessCtx,
  { subscription_id, customer_id, currency }: Subscription,
  code: string,
  current: readonly AppliedDiscount[],
  { product, items }: TargetPlan,
): Promise<AppliedDiscount> {
  const { product_id } = product
  const own = current.find((each) => each.code === code)
  if (own !== undefined) {
    if (isFor(own.terms, product_id)) return own
    throw new AppError('DISCOUNT_NOT_APPLICABLE_TO_NEW_PRODUCT', { field: 'discount_codes' })
  }
  const lines = items.map(({ quantity, unit_price }) => ({ sold_with: product_id, amount: quantity * unit_price }))
  const redeemer = { customer_id, reason_key: null }
  const [discount] = await resolveCodes(ctx, [code], { currency, lines }, redeemer).catch(forNewProduct)
  if (discount === undefined) throw new AppError('INVALID_DISCOUNT_CODE', { field: 'discount_codes' })
  if (await wasRedeemed(ctx, subscription_id, discount.discount_id)) {
    throw new AppError('DISCOUNT_ALREADY_USED_ON_SUBSCRIPTION', { field: 'discount_codes' })
  }
  return discount
}

function forNewProduct(error: unknown): never {
  if (error instanceof AppError && error.code === 'DISCOUNT_NOT_AVAILABLE_FOR_PRODUCT') {
    throw new AppError('DISCOUNT_NOT_APPLICABLE_TO_NEW_PRODUCT', { field: 'discount_codes' })
  }
  throw error
}

/** Throws 422 where nothing would change. */
export function assertOther(
  subscription: Subscription,
  items: readonly SubscriptionItem[],
  request: PlanWanted,
  { current, wanted, named }: ChangeDiscounts,
): void {
  const addons = items.flatMap(({ addon_id, quantity }) => (addon_id === null ? [] : [{ addon_id, quantity }]))
  const idsOf = (discounts: readonly AppliedDiscount[]) => discounts.map(({ discount_id }) => discount_id)
  const here = { ...subscription, addons, discount_ids: idsOf(named ? current : wanted) }
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
    const is_new = !had.has(discount_id)
    const uses_cycle = cycles === 'all' || (cycles === 'new' && is_new)
    return { discount_id, code, terms, cycles_remaining, uses_cycle, is_new }
  })
}

/** Reserved with the change; used or released when it is decided. */
export async function reserveForChange(
  ctx: BusinessCtx,
  { subscription_id, customer_id }: Subscription,
  { change_id, discounts, status }: PlanChangeRow,
): Promise<void> {
  const ids = discounts.flatMap(({ discount_id, is_new }) => (is_new ? [discount_id] : []))
  if (ids.length === 0) return
  const reason_key = `change:${change_id}`
  await reserveRedemptions(ctx, ids, { reason_key, customer_id, subscription_id })
  if (status === 'applied') await useRedemptions(ctx, reason_key)
}
