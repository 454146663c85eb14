// A checkout is paid (or needs no payment): its subscription begins, keys are issued, and it cannot be paid again.
import { startSubscription } from '#billing/start.ts'
import { recordAudit } from '#core/audit/record-audit.ts'
import { checkoutReason } from '#core/checkout/checkout-discounts.ts'
import { grantPurchased } from '#core/credit-entitlements/grant-purchased.ts'
import { sellCredits } from '#core/credit-entitlements/terms.ts'
import { grantTrial, turnCycle } from '#core/credit-entitlements/turn-cycle.ts'
import { useRedemptions } from '#core/discounts/redeem.ts'
import { readDiscounts, useCycles } from '#core/discounts/subscription-discounts.ts'
import { endDunningOfBuyer } from '#core/dunning/end-dunning.ts'
import { grantPurchase } from '#core/entitlements/grant-purchase.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { type Dues, getDuesDiscounts, getDuesLines, type Payment } from '#core/payments/queries.ts'
import { writeDuesPeriod } from '#core/payments/store.ts'
import { update } from '#core/scope.ts'
import { frequencyOf } from '#core/subscriptions/lines.ts'
import { writePaidValues } from '#core/subscriptions/period-values.ts'
import { recordPeriod } from '#core/subscriptions/periods.ts'
import { lockSubscription, updateSubscriptionRow } from '#core/subscriptions/store.ts'
import { beginMeters } from '#core/usage/subscription-meters.ts'
import type { BusinessCtx } from '#src/context.ts'

/** Called by settling, with the dues locked. */
export async function completeCheckout(ctx: BusinessCtx, dues: Dues, payment: Payment): Promise<void> {
  const { subscription_id, checkout_id } = dues
  if (checkout_id === null) throw new Error('dues of a checkout name it')
  const begun =
    subscription_id === null
      ? undefined
      : await beginSubscription(ctx, subscription_id, payment.payment_method_id, dues.dues_id)
  for (const line of await getDuesLines(ctx, dues.dues_id)) {
    if (line.product_id === null) continue
    const { product_id, quantity } = line
    const own = product_id === begun?.product_id
    const bought = { product_id, quantity, customer_id: dues.customer_id, payment_id: payment.payment_id }
    await grantPurchase(ctx, { ...bought, subscription_id: own ? subscription_id : null })
    if (!own) await grantPurchased(ctx, { ...bought, checkout_id })
  }
  const taken = await getDuesDiscounts(ctx, dues.dues_id)
  await useRedemptions(
    ctx,
    dues.reason_key,
    taken.map(({ discount_id }) => discount_id),
  )
  await consume(ctx, checkout_id)
}

/** A free trial, or what is billed later: nothing was paid, and no invoice is due. Null: it begins with no payment method. */
export async function completeUnbilled(
  ctx: BusinessCtx,
  checkout_id: string,
  subscription_id: string,
  payment_method_id: string | null,
): Promise<void> {
  const subscription = await beginSubscription(ctx, subscription_id, payment_method_id, null)
  await grantPurchase(ctx, {
    product_id: subscription.product_id,
    quantity: subscription.quantity,
    customer_id: subscription.customer_id,
    payment_id: null,
    subscription_id,
  })
  await useRedemptions(ctx, checkoutReason(checkout_id))
  await consume(ctx, checkout_id)
}

async function beginSubscription(
  ctx: BusinessCtx,
  subscription_id: string,
  payment_method_id: string | null,
  dues_id: string | null,
) {
  const subscription = await lockSubscription(ctx, subscription_id)
  const { customer_id, subscription_period_count: count, subscription_period_interval: interval } = subscription
  const start = startSubscription(
    ctx.clock.now(),
    frequencyOf(subscription),
    { count, interval },
    subscription.trial_period_days,
  )
  const begun = await updateSubscriptionRow(ctx, subscription_id, {
    status: 'active',
    anchor: start.anchor,
    period_number: start.period_number,
    previous_billing_date: start.period.start,
    next_billing_date: start.next_billing_date,
    next_attempt_at: start.next_billing_date,
    expires_at: start.expires_at,
    payment_method_id,
  })
  await endDunningOfBuyer(ctx, begun)
  await beginMeters(ctx, subscription_id)
  // What is bought once beside a free trial pays for nothing of the trial.
  const paidBy = start.kind === 'paid' || begun.trial_amount !== null ? dues_id : null
  const renews = !begun.on_demand
  const { start: period_start, end: period_end } = start.period
  await recordPeriod(ctx, { subscription_id, period_start, period_end, kind: start.kind, dues_id: paidBy })
  // What is charged on demand pays for no time.
  if (paidBy !== null && renews) {
    // The period a first payment is for is known only now, when it begins.
    await writeDuesPeriod(ctx, paidBy, start.period)
    await writePaidValues(ctx, begun, { kind: 'checkout' }, await getDuesLines(ctx, paidBy))
    // None of a trial's uses one.
    await useCycles(ctx, subscription_id, await getDuesDiscounts(ctx, paidBy))
  }
  if (dues_id === null && start.kind === 'paid' && renews) {
    // A first period of nothing but usage is a whole one too.
    const discounts = await readDiscounts(ctx, subscription_id)
    await useCycles(
      ctx,
      subscription_id,
      discounts.map(({ discount_id }) => ({ discount_id, uses_cycle: true })),
    )
  }
  await sellCredits(ctx, begun)
  if (start.kind === 'trial') await grantTrial(ctx, begun, start.period.end)
  else await turnCycle(ctx, begun, dues_id ?? 'start')
  const data = { deed: 'started' }
  await recordEvent(ctx, { type: 'subscription.active', resource_id: subscription_id, customer_id, data })
  if (renews && (start.kind === 'paid' || paidBy !== null)) {
    await recordEvent(ctx, { type: 'subscription.renewed', resource_id: subscription_id, customer_id })
  }
  await recordAudit(ctx, { action: 'subscription.active', resource_id: subscription_id, customer_id })
  return begun
}

async function consume(ctx: BusinessCtx, checkout_id: string): Promise<void> {
  await update(ctx, 'checkout_sessions')
    .set({ consumed_at: ctx.wall.now(), fails_at: null })
    .where('checkout_id', '=', checkout_id)
    .execute()
}
