import { discounted } from '#billing/price.ts'
import { wholeUntil } from '#billing/term.ts'
import { getProduct } from '#core/catalog/queries.ts'
import { moveCurrentPeriodEnd, readCurrentPeriod, restartPeriod } from '#core/subscriptions/periods.ts'
import { type Subscription, updateSubscriptionRow } from '#core/subscriptions/store.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

/**
 * A locked subscription that was charged on demand renews by itself from that date on, at its product's price of today; nothing is charged
 * for the time until then. Throws SUBSCRIPTION_NOT_ON_DEMAND, SUBSCRIPTION_INACTIVE, UNSUPPORTED_ACTION where its end is scheduled.
 */
export async function beginRenewing(
  ctx: BusinessCtx,
  subscription: Subscription,
  next_billing_date: Temporal.Instant,
): Promise<Subscription> {
  const { subscription_id, product_id, quantity, payment_frequency_count, payment_frequency_interval } = subscription
  assertOnDemand(subscription)
  const now = ctx.clock.now()
  const { period_start } = await readCurrentPeriod(ctx, subscription_id)
  const since = Temporal.Instant.compare(period_start, now) < 0 ? now : period_start
  // The charges so far were for no time. What is left until the date is a part of a period that nobody paid for.
  if (Temporal.Instant.compare(next_billing_date, since) > 0 && since === now) {
    const frequency = { count: payment_frequency_count, interval: payment_frequency_interval }
    const whole_until = wholeUntil(now, next_billing_date, frequency)
    const period = { period_start: now, period_end: next_billing_date, dues_id: null, whole_until }
    await restartPeriod(ctx, subscription_id, period)
  } else {
    await moveCurrentPeriodEnd(ctx, subscription_id, next_billing_date)
  }
  const { price, discount_bps } = await getProduct(ctx, product_id)
  const unit_price = discounted(price, discount_bps)
  return updateSubscriptionRow(ctx, subscription_id, {
    on_demand: false,
    unit_price,
    recurring_pre_tax_amount: unit_price * quantity,
    anchor: next_billing_date,
    period_number: -1,
    next_billing_date,
    next_attempt_at: next_billing_date,
  })
}

function assertOnDemand({ on_demand, status, cancel_at_next_billing_date }: Subscription): void {
  if (!on_demand) throw new AppError('SUBSCRIPTION_NOT_ON_DEMAND')
  if (status !== 'active') throw new AppError('SUBSCRIPTION_INACTIVE')
  if (!cancel_at_next_billing_date) return
  throw new AppError('UNSUPPORTED_ACTION', {
    message: 'The subscription is to end: take the cancellation back first',
    field: 'disable_on_demand',
  })
}
