// The whole term of a subscription may be extended, and never shortened.
import type { Anchored } from './moved-date.ts'
import { type Frequency, notAfter, periodAt, periodBoundary } from './period.ts'

/** A hundred years: a month is 31 days, a year 366. */
const LONGEST = 36_600
const DAYS = { Day: 1, Week: 7, Month: 31, Year: 366 } as const

/** Example: 100 years may be, 101 may not. */
export function isTooLong({ count, interval }: Frequency): boolean {
  return count * DAYS[interval] > LONGEST
}

export interface Termed extends Anchored {
  /** When the term began: with the first period, or with the trial before it. */
  began: Temporal.Instant
  term: Frequency
  expires_at: Temporal.Instant
  frequency: Frequency
}

export type Extension =
  | { type: 'shorter' }
  | {
      type: 'extended'
      expires_at: Temporal.Instant
      /** The old term cut the running period: it ends as it would have, whole periods follow from there, and it is a part of one to `whole_until`. */
      recut: (Anchored & { whole_until: Temporal.Instant }) | null
    }

/**
 * The end of a term of another length, counted from where it began; time it rested since stays added.
 * Example: a year from 1 January, paused for 10 days, ends on 11 January; two years end on 11 January a year later. 45 days, monthly from
 * 1 March, cut the second period on 15 April, at 14 thirtieths of its price; extended, it is over on 15 April as before, and whole months
 * follow from there.
 */
export function extendTerm(subscription: Termed, term: Frequency): Extension {
  const { began, expires_at, next_billing_date, anchor, frequency, period_number } = subscription
  const end = (of: Frequency) => periodBoundary(began, of, 1)
  const longer = expires_at.add(end(subscription.term).until(end(term)))
  if (!notAfter(expires_at, longer)) return { type: 'shorter' }
  const counted = periodAt(anchor, frequency, period_number).end
  const cut = next_billing_date.equals(expires_at) && !notAfter(counted, next_billing_date)
  if (!cut || longer.equals(expires_at)) return { type: 'extended', expires_at: longer, recut: null }
  const recut = { anchor: next_billing_date, period_number: -1, next_billing_date, whole_until: counted }
  return { type: 'extended', expires_at: longer, recut }
}

/**
 * When a period that begins now and ends at `end` would end if it were one of its frequency; null where it is no less than that.
 * Example: monthly, from 21 March to 1 April: a part of 31 days, to 21 April.
 */
export function wholeUntil(
  start: Temporal.Instant,
  end: Temporal.Instant,
  frequency: Frequency,
): Temporal.Instant | null {
  const whole = start.add(periodBoundary(end, frequency, -1).until(end))
  return notAfter(whole, end) ? null : whole
}
