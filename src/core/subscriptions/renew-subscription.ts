// A subscription's boundary: it ends, or its next period is billed.
import { decideRenewal } from '#billing/renewal.ts'
import { chargeOverage, overageItems } from '#core/credit-entitlements/bill-overage.ts'
import { collectPayment } from '#core/payments/collect-payment.ts'
import { openDues } from '#core/payments/open-dues.ts'
import type { Payment } from '#core/payments/queries.ts'
import { closePlanChange, dropWaiting, listWaiting } from '#core/plan-changes/store.ts'
import { switchPlan } from '#core/plan-changes/switch-plan.ts'
import { endSubscription } from '#core/subscriptions/end-subscription.ts'
import { everything, readExtras } from '#core/subscriptions/extras.ts'
import { frequencyOf, readItems } from '#core/subscriptions/lines.ts'
import { pricePeriod } from '#core/subscriptions/price-period.ts'
import { lockSubscription, moveSubscription, type Subscription } from '#core/subscriptions/store.ts'
import { leaveCompany } from '#core/together/together.ts'
import { findUsageToCollect } from '#core/usage/bill-usage.ts'
import { usageItems } from '#core/usage/usage-items.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

/** Does what is due and nothing else; calling it again is harmless. */
export async function renewSubscription(outer: BusinessCtx, subscription_id: string): Promise<void> {
  const payment = await inTransaction(outer, async (ctx) => {
    const subscription = await lockSubscription(ctx, subscription_id)
    const { next_attempt_at } = subscription
    if (next_attempt_at === null || Temporal.Instant.compare(next_attempt_at, ctx.clock.now()) > 0) return undefined
    return passBoundary(ctx, subscription)
  })
  if (payment !== undefined) await collectPayment(outer, payment.payment_id)
}

async function passBoundary(ctx: BusinessCtx, running: Subscription): Promise<Payment | undefined> {
  const found = await readExtras(ctx, running.subscription_id)
  if (Object.values(found).includes(true)) leaveCompany(ctx)
  const subscription = found.changes ? await passWaitingChanges(ctx, running) : running
  const has = found.changes ? everything : found
  const decision = decideRenewal(datesOf(subscription), ctx.clock.now())
  if (decision.type !== 'charge') leaveCompany(ctx)
  switch (decision.type) {
    case 'not_due':
      return undefined
    case 'expire':
      await endSubscription(ctx, subscription, { status: 'expired', at: decision.at })
      return findUsageToCollect(ctx, subscription.subscription_id)
    case 'cancel':
      await endSubscription(ctx, subscription, { status: 'cancelled', at: decision.at, because: 'scheduled' })
      return findUsageToCollect(ctx, subscription.subscription_id)
    case 'charge': {
      const { period, share } = decision
      // What was used of the period that is over goes with the next one's price.
      const used = has.meters ? await usageItems(ctx, subscription, { until: period.start, period: 'ends' }) : []
      const over = has.credits ? await overageItems(ctx, subscription) : []
      const items = [...(await readItems(ctx, subscription, has)), ...used, ...over]
      const discounts = has.discounts ? undefined : []
      const amounts = await pricePeriod(ctx, subscription, items, { start: period.start, share, discounts })
      await moveSubscription(ctx, subscription.subscription_id, { next_attempt_at: null })
      const owed = {
        reason_key: `renewal:${subscription.subscription_id}:${period.start.toString()}`,
        kind: 'renewal' as const,
        customer_id: subscription.customer_id,
        subscription_id: subscription.subscription_id,
        checkout_id: null,
        currency: subscription.currency,
        tax_inclusive: subscription.tax_inclusive,
        ...amounts,
        period_start: period.start,
        period_end: period.end,
        payment_method_id: subscription.payment_method_id,
        billing: subscription.billing,
        metadata: subscription.metadata,
      }
      const payment = await openDues(ctx, owed, has)
      if (payment !== undefined) await chargeOverage(ctx, subscription, payment.dues_id, over)
      return payment
    }
  }
}

/** A change whose money did not come by now dies; one that was scheduled happens, unless the subscription ends here. */
async function passWaitingChanges(ctx: BusinessCtx, subscription: Subscription): Promise<Subscription> {
  const waiting = await listWaiting(ctx, subscription.subscription_id)
  if (waiting.some(({ status }) => status === 'pending')) {
    await dropWaiting(ctx, subscription.subscription_id, ['pending'])
  }
  const scheduled = waiting.find(({ status }) => status === 'scheduled')
  if (scheduled === undefined) return subscription
  if (decideRenewal(datesOf(subscription), ctx.clock.now()).type !== 'charge') return subscription
  await closePlanChange(ctx, scheduled.change_id, 'applied')
  return switchPlan(ctx, subscription, scheduled)
}

function datesOf(subscription: Subscription) {
  const { anchor, next_billing_date } = subscription
  if (anchor === null || next_billing_date === null) throw new Error('an active subscription has an anchor')
  return { ...subscription, anchor, next_billing_date, frequency: frequencyOf(subscription) }
}
