// Usage that does not wait for a renewal: an invoice of its own.
import { sum } from '#billing/money.ts'
import { chargeOverage, type OverageItem, overageItems } from '#core/credit-entitlements/bill-overage.ts'
import { readDiscounts } from '#core/discounts/subscription-discounts.ts'
import { openDues } from '#core/payments/open-dues.ts'
import type { DuesAmounts } from '#core/payments/priced-dues.ts'
import type { Payment } from '#core/payments/queries.ts'
import { from, on, update } from '#core/scope.ts'
import { pricePeriod } from '#core/subscriptions/price-period.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import type { Closing } from '#core/usage/close-usage.ts'
import { removeMeters } from '#core/usage/subscription-meters.ts'
import { type UsageItem, usageItems } from '#core/usage/usage-items.ts'
import { type BusinessCtx, processorFor } from '#src/context.ts'

/**
 * Owes what a locked, running subscription has used, for a change of plan or a pause. Too little to be charged waits for the next
 * invoice. The payment is to be collected after the transaction, or will be by reconciling.
 */
export async function billUsage(
  ctx: BusinessCtx,
  subscription: Subscription,
  closing?: Closing,
): Promise<Payment | undefined> {
  const items = await usageItems(ctx, subscription, closing)
  return isChargeable(ctx, subscription, items) ? owe(ctx, subscription, items) : undefined
}

/** The last invoice of a locked subscription that ends. It is charged once and stays owed; too little to be charged is waived. */
export async function finalUsage(
  ctx: BusinessCtx,
  subscription: Subscription,
  at: Temporal.Instant,
): Promise<Payment | undefined> {
  const { subscription_id } = subscription
  const items = await usageItems(ctx, subscription, { until: at, period: 'ends' })
  await removeMeters(ctx, subscription_id, at)
  const over = await overageItems(ctx, subscription)
  if (isChargeable(ctx, subscription, [...items, ...over])) {
    const payment = await owe(ctx, subscription, [...items, ...over])
    if (payment !== undefined) await chargeOverage(ctx, subscription, payment.dues_id, over)
    return payment
  }
  if (items.length > 0) await waive(ctx, subscription_id, items)
  return undefined
}

/** What was owed for usage and nobody has tried to collect yet. */
export async function findUsageToCollect(ctx: BusinessCtx, subscription_id: string): Promise<Payment | undefined> {
  return from(ctx, 'payments')
    .innerJoin('dues', on('dues.dues_id', 'payments.dues_id'))
    .selectAll('payments')
    .where('payments.subscription_id', '=', subscription_id)
    .where('payments.settled_at', 'is', null)
    .where('payments.unknown_since', 'is', null)
    .where('dues.kind', '=', 'usage')
    .executeTakeFirst()
}

export function isChargeable(
  ctx: BusinessCtx,
  { currency }: Subscription,
  items: readonly Pick<UsageItem, 'amount'>[],
): boolean {
  const total = sum(items.map(({ amount }) => amount))
  return total > 0 && total >= processorFor(ctx).minimumAmount(currency)
}

async function owe(
  ctx: BusinessCtx,
  subscription: Subscription,
  items: readonly (UsageItem | OverageItem)[],
): Promise<Payment | undefined> {
  const { customer_id, subscription_id, currency, tax_inclusive, payment_method_id, billing, metadata } = subscription
  const now = ctx.clock.now()
  return openDues(ctx, {
    reason_key: `usage:${subscription_id}:${now.toString()}`,
    kind: 'usage',
    customer_id,
    subscription_id,
    checkout_id: null,
    currency,
    tax_inclusive,
    ...(await priceUsage(ctx, subscription, items, now)),
    period_start: null,
    period_end: null,
    payment_method_id,
    billing,
    metadata,
  })
}

/** An invoice of usage alone is none of a period: flat discounts wait for the next one, and no discount's cycle is used. */
export async function priceUsage(
  ctx: BusinessCtx,
  subscription: Subscription,
  items: readonly (Omit<UsageItem, 'used'> | OverageItem)[],
  start: Temporal.Instant,
): Promise<DuesAmounts> {
  const share = { numerator: 1n, denominator: 1n }
  const discounts = await readDiscounts(ctx, subscription.subscription_id)
  const percentages = discounts.filter(({ terms }) => terms.type === 'percentage')
  return pricePeriod(ctx, subscription, items, { start, share, discounts: percentages, uses_cycle: false })
}

async function waive(ctx: BusinessCtx, subscription_id: string, items: readonly UsageItem[]): Promise<void> {
  const amounts = items.map(({ used, amount }) => ({ meter_id: used.meter_id, amount }))
  ctx.log.info({ subscription_id, amounts }, 'usage is too little to be charged and was waived')
  await update(ctx, 'usage_charges')
    .set({ waived_at: ctx.clock.now() })
    .where(
      'charge_id',
      'in',
      items.map(({ used }) => used.charge_id),
    )
    .execute()
}
