// From rows to what the pages say of a subscription.
import type { PaymentMethod } from '#core/payment-methods/queries.ts'
import type { SubscriptionListed } from '#core/subscriptions/queries.ts'
import type { SubscriptionSummary } from '#portal/subscriptions/subscription-summary.tsx'

export function summarize(subscription: SubscriptionListed, methods: readonly PaymentMethod[]): SubscriptionSummary {
  const method = methods.find(({ payment_method_id }) => payment_method_id === subscription.payment_method_id)
  const inTrial = subscription.status === 'active' && subscription.in_trial
  return {
    subscription_id: subscription.subscription_id,
    product_name: subscription.product_name,
    status: subscription.status,
    quantity: subscription.quantity,
    currency: subscription.currency,
    recurring_pre_tax_amount: subscription.recurring_pre_tax_amount,
    tax_inclusive: true,
    payment_frequency_count: subscription.payment_frequency_count,
    payment_frequency_interval: subscription.payment_frequency_interval,
    next_billing_date: subscription.next_billing_date,
    next_amount: subscription.recurring_pre_tax_amount,
    // What ends earlier is not valid until then.
    expires_at: subscription.cancel_at_next_billing_date ? null : subscription.expires_at,
    trial_ends_at: inTrial ? subscription.next_billing_date : null,
    cancel_at_next_billing_date: subscription.cancel_at_next_billing_date,
    on_hold_at: subscription.on_hold_at,
    cancelled_at: subscription.cancelled_at,
    payment_method: method ?? null,
  }
}

const ORDER: Record<SubscriptionListed['status'], number> = {
  on_hold: 0,
  past_due: 0,
  active: 1,
  paused: 2,
  pending: 3,
  cancelled: 4,
  expired: 4,
  failed: 4,
}

/** What needs attention first, then what runs, then what is over; inside each the newest first. A purchase never paid is not shown. */
export function inReadingOrder(subscriptions: readonly SubscriptionListed[]): SubscriptionListed[] {
  return subscriptions
    .filter(({ status }) => status !== 'pending' && status !== 'failed')
    .sort((a, b) => ORDER[a.status] - ORDER[b.status])
}
