// What lies ahead of a subscription, from its rows: what the rules will do, and what was asked for.
import type { SubscriptionListed } from '#core/subscriptions/queries.ts'
import type { OpenDues } from '#portal/overview/dues-banner.tsx'
import type { Waiting } from '#portal/subscriptions/standing.tsx'
import type { SubscriptionSummary } from '#portal/subscriptions/subscription-summary.tsx'
import type { Upcoming } from '#portal/subscriptions/timeline.tsx'

interface Ahead {
  summary: SubscriptionSummary
  dues: readonly OpenDues[]
  waiting: Waiting
}

/** Latest first. */
export function upcomingFor(subscription: SubscriptionListed, ahead: Ahead): Upcoming[] {
  const { status, next_billing_date: at } = subscription
  if (status === 'paused') return whilePaused(subscription, ahead.waiting)
  if (status === 'past_due' || status === 'on_hold') return whileOwed(subscription, ahead.dues)
  if (status !== 'active' || at === null || ahead.summary.renewing) return []
  return [...whileActive(subscription, ahead.summary, at), ...lapse(ahead.waiting)]
}

function whileActive(subscription: SubscriptionListed, summary: SubscriptionSummary, at: Temporal.Instant): Upcoming[] {
  const { expires_at, currency } = subscription
  if (subscription.cancel_at_next_billing_date) {
    return [...changeOf(subscription, 'change_suspended', at), { kind: 'cancellation', at }]
  }
  if (expires_at !== null && Temporal.Instant.compare(expires_at, at) <= 0) return [{ kind: 'expiry', at: expires_at }]
  const amount =
    summary.next_amount === null ? {} : { amount: summary.next_amount, currency, plus_usage: summary.plus_usage }
  const kind = summary.trial_ends_at === null ? ('renewal' as const) : ('trial_end' as const)
  return [{ kind, at, ...amount }, ...changeOf(subscription, 'change', at)]
}

function changeOf(
  { scheduled_change }: SubscriptionListed,
  kind: 'change' | 'change_suspended',
  at: Temporal.Instant | null,
): Upcoming[] {
  if (scheduled_change === null) return []
  return [{ kind, at, product: scheduled_change.product_name, asked_at: scheduled_change.created_at }]
}

function lapse({ pending_change: change }: Waiting): Upcoming[] {
  if (change === null || change.expires_at === null) return []
  return [{ kind: 'change_lapses', at: change.expires_at, product: change.product_name }]
}

/** Its dates move when it resumes: when it then ends, changes or renews is not known before. */
function whilePaused(subscription: SubscriptionListed, { resumption }: Waiting): Upcoming[] {
  const { resumes_at, cancel_at_next_billing_date: ends } = subscription
  const may_resume = resumption !== null
  return [
    ...(ends ? [{ kind: 'cancellation' as const, at: null }] : []),
    ...changeOf(subscription, ends ? 'change_suspended' : 'change', null),
    resumes_at === null
      ? { kind: 'resume_open' as const, at: null, may_resume }
      : { kind: 'resume' as const, at: resumes_at, may_resume },
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
