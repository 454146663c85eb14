// From rows to what the pages say of a subscription.
import { isRunning } from '#billing/status.ts'
import type { BusinessSettings } from '#core/businesses/queries.ts'
import type { PaymentMethod } from '#core/payment-methods/queries.ts'
import type { NextPayment, SubscriptionListed } from '#core/subscriptions/queries.ts'
import { decideResubscription } from '#portal/resubscription/decide-resubscription.ts'
import type { SubscriptionSummary } from '#portal/subscriptions/subscription-summary.tsx'

export interface SummaryFacts {
  methods: readonly PaymentMethod[]
  /** By subscription_id. */
  next: ReadonlyMap<string, NextPayment>
  /** What decides whether one that is over can be had again; left out where none is asked about. */
  others?: { running: boolean; several: boolean }
}

/** Of all the subscriptions of a customer, by their statuses. */
export function othersOf(
  statuses: Iterable<SubscriptionListed['status']>,
  { allow_multiple_subscriptions: several }: BusinessSettings,
): NonNullable<SummaryFacts['others']> {
  return { running: [...statuses].some(isRunning), several }
}

export function summarize(
  subscription: SubscriptionListed,
  { methods, next, others = { running: false, several: true } }: SummaryFacts,
): SubscriptionSummary {
  const { status, scheduled_change } = subscription
  const method = methods.find(({ payment_method_id }) => payment_method_id === subscription.payment_method_id)
  const inTrial = status === 'active' && subscription.in_trial
  const payment = next.get(subscription.subscription_id)
  // What rests moves its dates when it goes on.
  const rests = status === 'paused' || status === 'on_hold'
  return {
    subscription_id: subscription.subscription_id,
    product_name: subscription.product_name,
    status,
    quantity: subscription.quantity,
    currency: subscription.currency,
    recurring_pre_tax_amount: subscription.recurring_pre_tax_amount,
    plus_tax: !subscription.tax_inclusive && (payment?.tax_added ?? 0) > 0,
    on_demand: subscription.on_demand,
    payment_frequency_count: subscription.payment_frequency_count,
    payment_frequency_interval: subscription.payment_frequency_interval,
    next_billing_date: subscription.next_billing_date,
    next_amount: status === 'active' ? (payment?.amount ?? null) : null,
    renewing: status === 'active' && subscription.next_attempt_at === null,
    next_own_funds: payment === undefined ? 0 : payment.own_funds.credit + payment.own_funds.wallet,
    plus_usage: payment?.plus_usage ?? (subscription.meters.length > 0 && !inTrial),
    scheduled_plan: payment?.change ? (scheduled_change?.product_name ?? null) : null,
    // What ends earlier is not valid until then.
    expires_at:
      subscription.cancel_at_next_billing_date || rests || isFar(subscription) ? null : subscription.expires_at,
    trial_ends_at: inTrial ? subscription.next_billing_date : null,
    cancel_at_next_billing_date: subscription.cancel_at_next_billing_date,
    on_hold_at: subscription.on_hold_at,
    paused_at: subscription.paused_at,
    resumes_at: subscription.resumes_at,
    past_due_ends_at: subscription.past_due_ends_at,
    past_due_action: subscription.past_due_action,
    cancelled_at: subscription.cancelled_at,
    resubscription: decideResubscription(subscription, others),
    payment_method: method ?? null,
    needs_method_by: needsMethod(subscription, payment) ? subscription.next_billing_date : null,
  }
}

/** It began with no card, and costs something at its next billing date. */
function needsMethod(subscription: SubscriptionListed, next: NextPayment | undefined): boolean {
  const { status, next_attempt_at, payment_method_id, cancel_at_next_billing_date, on_demand } = subscription
  const renews = status === 'active' && next_attempt_at !== null && !cancel_at_next_billing_date && !on_demand
  return renews && payment_method_id === null && next !== undefined && (next.amount > 0 || next.plus_usage)
}

/** A term of many years is how a plan without an end is made: until then everything else will have changed. */
function isFar({ expires_at, next_billing_date }: SubscriptionListed): boolean {
  return expires_at !== null && next_billing_date !== null && expires_at.since(next_billing_date).total('hours') > FAR
}

const FAR = 5 * 365 * 24

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
