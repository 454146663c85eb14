// A subscription's story from its rows: payments and deeds behind, what the rules will do ahead.
import type { BillingEntry } from '#core/payments/list-billing.ts'
import type { Refund } from '#core/refunds/queries.ts'
import type { SubscriptionListed, TimelineEntry } from '#core/subscriptions/queries.ts'
import type { OpenDues } from '#portal/overview/dues-banner.tsx'
import type { SubscriptionSummary } from '#portal/subscriptions/subscription-summary.tsx'
import type { Happened, Upcoming } from '#portal/subscriptions/timeline.tsx'
import type { BusinessCtx } from '#src/context.ts'

/** Latest first. */
export function upcomingFor(
  subscription: SubscriptionListed,
  summary: SubscriptionSummary,
  dues: readonly OpenDues[],
): Upcoming[] {
  const { status, next_billing_date: at, expires_at, currency } = subscription
  const { next_amount, trial_ends_at } = summary
  if (status === 'paused') return whilePaused(subscription)
  if (status === 'past_due' || status === 'on_hold') return whileOwed(subscription, dues)
  if (status !== 'active' || at === null || summary.renewing) return []
  if (subscription.cancel_at_next_billing_date) return [{ kind: 'cancellation', at }]
  if (expires_at !== null && Temporal.Instant.compare(expires_at, at) <= 0) {
    return [{ kind: 'expiry', at: expires_at }]
  }
  const amount = next_amount === null ? {} : { amount: next_amount, currency }
  const kind = trial_ends_at !== null ? 'trial_end' : summary.scheduled_plan === null ? 'renewal' : 'change'
  return [{ kind, at, ...amount }]
}

/** Its dates move when it resumes: when it then ends or renews is not known before. */
function whilePaused({ resumes_at, cancel_at_next_billing_date }: SubscriptionListed): Upcoming[] {
  return [
    ...(cancel_at_next_billing_date ? [{ kind: 'cancellation' as const, at: null }] : []),
    ...(resumes_at === null ? [] : [{ kind: 'resume' as const, at: resumes_at }]),
  ]
}

function whileOwed({ past_due_ends_at, past_due_action }: SubscriptionListed, dues: readonly OpenDues[]): Upcoming[] {
  const retries = dues.flatMap(({ next_attempt_at: at, amount, currency }) =>
    at === null ? [] : [{ kind: 'retry' as const, at, amount, currency }],
  )
  const kind = past_due_action === 'cancel_subscription' ? ('grace_cancels' as const) : ('grace_ends' as const)
  const grace = past_due_ends_at === null ? [] : [{ kind, at: past_due_ends_at }]
  return [...grace, ...retries].sort((a, b) => Temporal.Instant.compare(b.at, a.at))
}

/**
 * What a customer is told of. Left out: `updated` (a merchant's notes and corrections), `amount_waived` (less than can be charged),
 * `unused_time_given_back` (told as the refund it is), `failed` (never shown), `active` (below).
 */
const deeds = {
  'subscription.on_hold': 'on_hold',
  'subscription.past_due': 'past_due',
  'subscription.plan_changed': 'plan_changed',
  'subscription.plan_change_scheduled': 'change_scheduled',
  'subscription.scheduled_change_cancelled': 'scheduled_change_undone',
  'subscription.plan_change_failed': 'change_failed',
  'subscription.plan_change_expired': 'change_expired',
  'subscription.payment_method_updated': 'method_changed',
  'subscription.credit_moved': 'credit_moved',
  'subscription.cancelled': 'cancelled',
  'subscription.expired': 'expired',
  'subscription.cancellation_scheduled': 'cancellation_scheduled',
  'subscription.cancellation_revoked': 'cancellation_undone',
  'subscription.reactivated': 'reactivated',
  'subscription.paused': 'paused',
  'subscription.resumed': 'resumed',
  'subscription.plan_change_undone': 'change_undone',
} as const

interface Story {
  payments: readonly BillingEntry[]
  /** Those that were made. */
  refunds: readonly Refund[]
  deeds: readonly TimelineEntry[]
}

/** Latest first. What was paid at the very start is told as a payment, the start itself as the start. */
export function happenedTo(
  ctx: BusinessCtx,
  subscription: SubscriptionListed,
  { payments, refunds, deeds: entries }: Story,
): Happened[] {
  const done = entries.flatMap(({ action, occurred_at: at }): Told[] => {
    if (action === 'subscription.active') {
      return [{ kind: subscription.trial_period_days > 0 ? 'trial_started' : 'started', at }]
    }
    const kind = deeds[action as keyof typeof deeds]
    return kind === undefined ? [] : [{ kind, at }]
  })
  return [...payments.flatMap((payment) => tellPayment(ctx, payment)), ...refunds.map(tellRefund), ...done].sort(
    (a, b) => Temporal.Instant.compare(b.at, a.at),
  )
}

type Told = Happened & { at: Temporal.Instant }

function tellRefund({ amount, wallet_amount, currency, created_at: at }: Refund): Told {
  return { kind: 'refunded', at, amount: amount + wallet_amount, currency }
}

function tellPayment(ctx: BusinessCtx, payment: BillingEntry): Told[] {
  const { total_amount: amount, currency, payment_id, invoice_number } = payment
  const at = payment.settled_at ?? payment.created_at
  switch (payment.status) {
    case 'succeeded': {
      const href = ctx.urls.portal.invoice(ctx.business.business_id, payment_id)
      const invoice = invoice_number === null ? null : { number: invoice_number, href }
      return [{ kind: 'paid', at, amount, currency, invoice, own_funds: payment.own_funds }]
    }
    case 'failed':
      return [{ kind: 'payment_failed', at, amount, currency, error_code: payment.error_code }]
    case 'processing':
      return [{ kind: 'payment_processing', at, amount, currency }]
    default:
      return []
  }
}
