// How a subscription begins: its first period, and when its whole term ends.
import { earlier, type Frequency, type Period, periodAt, periodBoundary } from './period.ts'

export interface Start {
  kind: 'trial' | 'paid'
  anchor: Temporal.Instant
  /** Of the first period: a trial comes before period 0 and is numbered −1. */
  period_number: number
  period: Period
  next_billing_date: Temporal.Instant
  expires_at: Temporal.Instant
}

/**
 * The first period from `now`. A trial ends at its own anchor: billing periods count from there, while the term counts from the start.
 * Example: 1 May, monthly, 14 days of trial, term 10 years → next billing 15 May, then 15 Jun; ends 1 May ten years later.
 */
export function startSubscription(
  now: Temporal.Instant,
  frequency: Frequency,
  term: Frequency,
  trialDays: number,
): Start {
  const expires_at = periodBoundary(now, term, 1)
  if (trialDays > 0) {
    const anchor = now.add({ hours: 24 * trialDays })
    const end = earlier(anchor, expires_at)
    return { kind: 'trial', anchor, period_number: -1, period: { start: now, end }, next_billing_date: end, expires_at }
  }
  const period = periodAt(now, frequency, 0, expires_at)
  return { kind: 'paid', anchor: now, period_number: 0, period, next_billing_date: period.end, expires_at }
}
