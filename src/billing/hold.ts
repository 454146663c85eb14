// Time on hold is not billed: once the dues are paid, everything that lies ahead moves by it.
import { type Anchored, moveBillingDate } from './moved-date.ts'
import { type Frequency, notAfter } from './period.ts'

/** A charge that is decided within this time was declined when its period began. */
const MOMENTS = Temporal.Duration.from({ hours: 1 })

/**
 * Since when there was no service: the moment it was put on hold, or the start of the period that could not begin.
 * Example: period from 31 Jan 09:00:00, declined at 09:00:03 → 09:00:00; declined on 2 Feb, because the worker was down → 2 Feb.
 */
export function heldSince(on_hold_at: Temporal.Instant, period_start: Temporal.Instant): Temporal.Instant {
  return notAfter(on_hold_at, period_start.add(MOMENTS)) ? period_start : on_hold_at
}

export interface Held extends Anchored {
  since: Temporal.Instant
  expires_at: Temporal.Instant | null
}

export interface Released extends Anchored {
  expires_at: Temporal.Instant | null
}

/**
 * The dates after the dues were paid at `now`.
 * Example: every 30 days, a change declined on 16 Jan, paid on 5 Feb: the date moves by 20 days from 31 Jan to 20 Feb.
 */
export function releaseFromHold(held: Held, frequency: Frequency, now: Temporal.Instant): Released {
  const held_for = held.since.until(now)
  return {
    ...moveBillingDate(held, frequency, held.next_billing_date.add(held_for)),
    expires_at: held.expires_at?.add(held_for) ?? null,
  }
}

export interface HeldDues {
  period_start: Temporal.Instant
  period_end: Temporal.Instant
}

/**
 * What a declined renewal pays for, once it is paid at `now`: as long a period as it was, from then on.
 * Example: for 31 Jan to 2 Mar, on hold since 31 Jan, paid on 5 Feb → 5 Feb to 7 Mar.
 */
export function periodPaidFor(
  { period_start, period_end }: HeldDues,
  on_hold_at: Temporal.Instant,
  now: Temporal.Instant,
): HeldDues {
  const since = heldSince(on_hold_at, period_start)
  const held_for = since.until(now)
  return {
    period_start: notAfter(since, period_start) ? period_start.add(held_for) : period_start,
    period_end: period_end.add(held_for),
  }
}
