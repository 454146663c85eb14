// When a subscription may rest, and where its dates lie afterwards.
import { type Released, releaseFromHold } from './hold.ts'
import type { Anchored } from './moved-date.ts'
import { type Frequency, notAfter } from './period.ts'
import type { SubscriptionStatus } from './status.ts'

export interface Pausable {
  status: SubscriptionStatus
  next_billing_date: Temporal.Instant | null
  /** Its running period is a trial. */
  in_trial: boolean
  /** Somebody still has to say what became of a payment, or the next period is being paid for. */
  payment_pending: boolean
}

export type PauseDecision =
  | { type: 'pause' }
  | { type: 'refused'; reason: 'paused_already' | 'not_eligible' | 'payment_pending' }

/**
 * Only a running, paid period can be paused: a trial has nothing to keep, and what is owed is paid first.
 * Example: paid to 31 Jan, asked on 16 Jan → pause; asked on 31 Jan, before it was renewed → refused, payment_pending.
 */
export function decidePause(subscription: Pausable, now: Temporal.Instant): PauseDecision {
  const { status, next_billing_date, in_trial, payment_pending } = subscription
  if (status === 'paused') return { type: 'refused', reason: 'paused_already' }
  if (status !== 'active' || next_billing_date === null || in_trial) return { type: 'refused', reason: 'not_eligible' }
  if (payment_pending || notAfter(next_billing_date, now)) return { type: 'refused', reason: 'payment_pending' }
  return { type: 'pause' }
}

export interface Paused extends Anchored {
  paused_at: Temporal.Instant
  expires_at: Temporal.Instant | null
}

/**
 * The dates after a pause that ends at `now`: all that lies ahead moves by its length.
 * Example: every 30 days, paid to 31 Jan, paused on 11 Jan and resumed on 31 Jan: the date moves by 20 days to 20 Feb.
 */
export function resumeDates({ paused_at, ...dates }: Paused, frequency: Frequency, now: Temporal.Instant): Released {
  return releaseFromHold({ ...dates, since: paused_at }, frequency, now)
}
