// What happens at a subscription's boundary, in the decided order: an end comes before a renewal.
import type { Ratio } from './money.ts'
import { type Frequency, notAfter, type Period, periodAt } from './period.ts'
import { shareOf } from './price.ts'

export interface Renewable {
  anchor: Temporal.Instant
  period_number: number
  frequency: Frequency
  next_billing_date: Temporal.Instant
  expires_at: Temporal.Instant | null
  cancel_at_next_billing_date: boolean
}

export type RenewalDecision =
  | { type: 'not_due' }
  | { type: 'expire'; at: Temporal.Instant }
  | { type: 'cancel'; at: Temporal.Instant }
  | {
      type: 'charge'
      period_number: number
      period: Period /** Of a whole period; less where the term ends in it. */
      share: Ratio
    }

/**
 * Decides the boundary at `next_billing_date`.
 * Example: anchor 31 Jan, monthly, period 0, now 28 Feb → charge period 1, 28 Feb to 31 Mar, all of it.
 */
export function decideRenewal(subscription: Renewable, now: Temporal.Instant): RenewalDecision {
  const boundary = subscription.next_billing_date
  if (!notAfter(boundary, now)) return { type: 'not_due' }
  if (subscription.expires_at !== null && notAfter(subscription.expires_at, boundary)) {
    return { type: 'expire', at: subscription.expires_at }
  }
  if (subscription.cancel_at_next_billing_date) return { type: 'cancel', at: boundary }
  return { type: 'charge', ...nextPeriod(subscription) }
}

function nextPeriod({ anchor, frequency, period_number, expires_at }: Renewable) {
  const number = period_number + 1
  const period = periodAt(anchor, frequency, number, expires_at)
  return { period_number: number, period, share: shareOf(period, periodAt(anchor, frequency, number)) }
}

/** Missed periods are caught up one at a time, never two charges within this time unasked. */
const CATCH_UP_PAUSE = Temporal.Duration.from({ hours: 24 })

/**
 * When the worker must act next, after a period was billed at `now`.
 * Example: billed on time on 28 Feb for the period to 31 Mar → 31 Mar; billed on 2 Apr, two days late, → 3 Apr.
 */
export function nextAttempt(periodEnd: Temporal.Instant, now: Temporal.Instant): Temporal.Instant {
  return notAfter(periodEnd, now) ? now.add(CATCH_UP_PAUSE) : periodEnd
}
