// What a subscription has used and not been billed for, as it is this instant. Changes and locks nothing.
import { sum } from '#billing/money.ts'
import { overageItems } from '#core/credit-entitlements/bill-overage.ts'
import { from } from '#core/scope.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import { isChargeable, priceUsage } from '#core/usage/bill-usage.ts'
import { measureUsage, readSoldMeters } from '#core/usage/measure-usage.ts'
import { chargeItem, listUnowed, type UsageItem } from '#core/usage/usage-items.ts'
import type { BusinessCtx } from '#src/context.ts'

/** Minor units, with tax: what the last invoice would be if it ended now; 0 where it is too little to be charged. */
export async function previewFinalUsage(ctx: BusinessCtx, subscription: Subscription): Promise<number> {
  const [used, over] = await Promise.all([
    unbilledItems(ctx, subscription, { voided: true }),
    overageItems(ctx, subscription, { lock: false }),
  ])
  const items = [...used, ...over]
  if (!isChargeable(ctx, subscription, items)) return 0
  return (await priceUsage(ctx, subscription, items, ctx.clock.now())).total
}

/** Minor units, before discounts and tax. */
export async function usedSoFar(ctx: BusinessCtx, subscription: Subscription): Promise<number> {
  return sum((await unbilledItems(ctx, subscription, { voided: false })).map(({ amount }) => amount))
}

async function unbilledItems(
  ctx: BusinessCtx,
  { subscription_id, product_id }: Subscription,
  how: { voided: boolean },
): Promise<Omit<UsageItem, 'used'>[]> {
  const meters = await readSoldMeters(ctx, subscription_id, { lock: false })
  if (meters.length === 0) return []
  const [measured, closed] = await Promise.all([
    measureUsage(ctx, subscription_id, meters, ctx.clock.now()),
    listUnowed(ctx, subscription_id, how),
  ])
  const running = measured.filter(({ charge }) => charge.amount > 0)
  if (running.length + closed.length === 0) return []
  const { tax_category } = await from(ctx, 'products')
    .select('tax_category')
    .where('product_id', '=', product_id)
    .executeTakeFirstOrThrow()
  return [
    ...closed.map(({ amount, name }) => chargeItem({ amount, description: name, tax_category })),
    ...running.map(({ meter, charge: { amount } }) => chargeItem({ amount, description: meter.name, tax_category })),
  ]
}
