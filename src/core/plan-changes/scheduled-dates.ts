import type { TimeInterval } from '#db/schema.ts'

interface Rhythm {
  payment_frequency_count: number
  payment_frequency_interval: TimeInterval
}

/** A change without a restart keeps the dates; another rhythm begins at the next billing date, which is then its anchor. */
export function datesAfter(
  subscription: Rhythm & { next_billing_date: Temporal.Instant | null },
  change: Rhythm,
): { anchor?: Temporal.Instant | null; period_number?: number } {
  const { payment_frequency_count: count, payment_frequency_interval: interval, next_billing_date } = subscription
  const sameRhythm = change.payment_frequency_count === count && change.payment_frequency_interval === interval
  return sameRhythm ? {} : { anchor: next_billing_date, period_number: -1 }
}
