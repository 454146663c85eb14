// When customers are told of what lies ahead.

/** Before a renewal, and before the end of a trial or a pause. */
const LEAD = Temporal.Duration.from({ hours: 48 })
/** What began less than this before says it all itself. */
const QUIET = Temporal.Duration.from({ hours: 24 })
/** Before the end of a card's last month. */
const CARD_LEAD = { days: 14 }

/**
 * Two days before the end, undefined where that is less than a day after the beginning.
 * Example: 31 Jan to 28 Feb → 26 Feb; a trial of three days from 1 March, 9:00 → 2 March, 9:00; one of two days → none.
 */
export function remindAt(start: Temporal.Instant, end: Temporal.Instant): Temporal.Instant | undefined {
  const at = end.subtract(LEAD)
  return Temporal.Instant.compare(at, start.add(QUIET)) < 0 ? undefined : at
}

/** A card is good to the end of its month, in UTC. Example: 06/2027 → 17 June 2027, 0:00. */
export function remindOfCardAt(expiry: { year: number; month: number }): Temporal.Instant {
  return cardEndsAt(expiry).toZonedDateTimeISO('UTC').subtract(CARD_LEAD).toInstant()
}

/** Example: 12/2026 → 1 January 2027, 0:00. */
export function cardEndsAt({ year, month }: { year: number; month: number }): Temporal.Instant {
  const first = Temporal.PlainDate.from({ year, month, day: 1 })
  return first.add({ months: 1 }).toZonedDateTime('UTC').toInstant()
}
