// A discount for a subscription that runs: the next invoices are less by it.
import { reserveRedemptions, useRedemptions, wasRedeemed } from '#core/discounts/redeem.ts'
import { resolveCodes } from '#core/discounts/resolve-codes.ts'
import { type AppliedDiscount, readDiscounts, writeDiscounts } from '#core/discounts/subscription-discounts.ts'
import { readItems } from '#core/subscriptions/lines.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

/** Throws what keeps the code from being redeemed there; once for a subscription. Writes nothing. */
export async function resolveForSubscription(
  ctx: BusinessCtx,
  subscription: Subscription,
  code: string,
): Promise<AppliedDiscount> {
  const { currency, customer_id, subscription_id, product_id } = subscription
  const items = await readItems(ctx, subscription)
  const lines = items.map(({ quantity, unit_price }) => ({ sold_with: product_id, amount: quantity * unit_price }))
  const [discount] = await resolveCodes(ctx, [code], { currency, lines }, { customer_id, reason_key: null })
  if (discount === undefined) throw new AppError('INVALID_DISCOUNT_CODE')
  if (await wasRedeemed(ctx, subscription_id, discount.discount_id)) {
    throw new AppError('DISCOUNT_ALREADY_USED_ON_SUBSCRIPTION')
  }
  return discount
}

/** After those it has. The subscription is locked. */
export async function addDiscount(
  ctx: BusinessCtx,
  subscription: Subscription,
  code: string,
  reason_key: string,
): Promise<void> {
  const { subscription_id, customer_id } = subscription
  const discount = await resolveForSubscription(ctx, subscription, code)
  await reserveRedemptions(ctx, [discount.discount_id], { reason_key, customer_id, subscription_id })
  await useRedemptions(ctx, reason_key)
  await writeDiscounts(ctx, subscription_id, [...(await readDiscounts(ctx, subscription_id)), discount])
}
