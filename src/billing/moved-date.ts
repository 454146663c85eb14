// What a moved billing date does to the periods that follow it.
import { type Frequency, periodBoundary } from './period.ts'

export interface Anchored {
  anchor: Temporal.Instant
  /** Of the period that ends at `next_billing_date`. */
  period_number: number
  next_billing_date: Temporal.Instant
}

const DAY_IN_NANOSECONDS = 24n * 3600n * 10n ** 9n

/**
 * The anchor for a next billing date of `date`. A shift of less than a day keeps the day of the month: the old anchor is shifted by it,
 * where it still leads to the date. Any other date is the new anchor, and the period before it is number −1.
 * Example: anchor 31 Jan 09:00, monthly, from 28 Feb 09:00 to 28 Feb 15:00 → anchor 31 Jan 15:00, so that 31 Mar follows.
 */
export function moveBillingDate(old: Anchored, frequency: Frequency, date: Temporal.Instant): Anchored {
  const shift = date.epochNanoseconds - old.next_billing_date.epochNanoseconds
  if (shift > -DAY_IN_NANOSECONDS && shift < DAY_IN_NANOSECONDS) {
    const anchor = Temporal.Instant.fromEpochNanoseconds(old.anchor.epochNanoseconds + shift)
    const leads = periodBoundary(anchor, frequency, old.period_number + 1).equals(date)
    if (leads) return { anchor, period_number: old.period_number, next_billing_date: date }
  }
  return { anchor: date, period_number: -1, next_billing_date: date }
}
