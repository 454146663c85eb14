import { startSubscription } from '#billing/start.ts'
import type { CartSubscription } from '#core/checkout/cart.ts'

/** The dates a subscription bought now would have; the page shows them and completing the checkout writes them. */
export function startOf(subscription: CartSubscription, now: Temporal.Instant) {
  const { product } = subscription
  const { payment_frequency_count: count, payment_frequency_interval: interval } = product
  const { subscription_period_count: termCount, subscription_period_interval: termInterval } = product
  if (count === null || interval === null || termCount === null || termInterval === null) {
    throw new Error('a subscription product has a frequency and a term')
  }
  const frequency = { count, interval }
  const term = { count: termCount, interval: termInterval }
  return startSubscription(now, subscription.on_demand ? term : frequency, term, subscription.trial_period_days)
}
