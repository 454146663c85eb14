// Billing periods. Period n of a subscription is [anchor + n × frequency, anchor + (n + 1) × frequency), counted from the anchor each
// time and clamped to the month's end, in UTC, so that 31 January is followed by 28 February and then by 31 March.

export type TimeInterval = 'Day' | 'Week' | 'Month' | 'Year'

export interface Frequency {
  count: number
  interval: TimeInterval
}

/** Half-open: `end` is the first instant of the next period. */
export interface Period {
  start: Temporal.Instant
  end: Temporal.Instant
}

/**
 * The instant n frequencies after the anchor.
 * Example: 2026-01-31T00:00Z, one month, n = 1 → 2026-02-28T00:00Z; n = 2 → 2026-03-31T00:00Z.
 */
export function periodBoundary(anchor: Temporal.Instant, frequency: Frequency, n: number): Temporal.Instant {
  return anchor.toZonedDateTimeISO('UTC').add(durationOf(frequency, n)).toInstant()
}

/** Period n, cut at `expiresAt` where the term ends inside it. */
export function periodAt(
  anchor: Temporal.Instant,
  frequency: Frequency,
  n: number,
  expiresAt: Temporal.Instant | null = null,
): Period {
  const start = periodBoundary(anchor, frequency, n)
  const end = periodBoundary(anchor, frequency, n + 1)
  return { start, end: expiresAt === null ? end : earlier(end, expiresAt) }
}

/**
 * A running period as it would be if the term did not end in it; the same where the term does not cut it. Its start is later than it was
 * by the time it rested.
 * Example: monthly from 1 January, the term ends on 21 January: 1 to 21 January → 1 January to 1 February.
 */
export function uncutPeriod(
  period: Period,
  of: { anchor: Temporal.Instant; period_number: number; frequency: Frequency; expires_at: Temporal.Instant | null },
): Period {
  const counted = periodAt(of.anchor, of.frequency, of.period_number)
  const rested = of.expires_at?.equals(period.end) ? periodBoundary(period.start, of.frequency, 1) : period.end
  const end = counted.start.equals(period.start) ? counted.end : rested
  return notAfter(end, period.end) ? period : { start: period.start, end }
}

export function earlier(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) <= 0 ? a : b
}

/** a ≤ b */
export function notAfter(a: Temporal.Instant, b: Temporal.Instant): boolean {
  return Temporal.Instant.compare(a, b) <= 0
}

function durationOf({ count, interval }: Frequency, n: number): Temporal.DurationLike {
  switch (interval) {
    case 'Day':
      return { days: count * n }
    case 'Week':
      return { weeks: count * n }
    case 'Month':
      return { months: count * n }
    case 'Year':
      return { years: count * n }
  }
}
