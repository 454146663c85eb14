// Into which steps the usage of a stretch of time is cut to be looked at: enough to see its course, few enough to be seen.

export type UsageStep = 'hour' | 'day' | 'month'

export interface StepOfTime {
  start: Temporal.Instant
  end: Temporal.Instant
}

const HOURS_OF_A_DAY = 24

/** Example: two days → hours; a month or a quarter → days; a year → months. */
export function stepOf(since: Temporal.Instant, until: Temporal.Instant): UsageStep {
  const days = until.since(since).total('hours') / HOURS_OF_A_DAY
  if (days <= 2) return 'hour'
  return days <= 100 ? 'day' : 'month'
}

/**
 * The steps that the stretch touches, whole ones by the clock of the zone: the first may begin before it, the last may end after it.
 * Example: 31 Jan 09:00 to 2 Feb 09:00 in days → 31 Jan, 1 Feb, 2 Feb; a day on which the clock is set back has 25 hours.
 */
export function stepsOf(
  since: Temporal.Instant,
  until: Temporal.Instant,
  step: UsageStep,
  timeZone: string,
): StepOfTime[] {
  const steps: StepOfTime[] = []
  let at = beginningOf(since.toZonedDateTimeISO(timeZone), step)
  while (Temporal.Instant.compare(at.toInstant(), until) < 0) {
    const next = step === 'hour' ? at.add({ hours: 1 }) : beginningOf(at.add(LENGTHS[step]), step)
    steps.push({ start: at.toInstant(), end: next.toInstant() })
    at = next
  }
  return steps
}

const LENGTHS = { day: { days: 1 }, month: { months: 1 } }

function beginningOf(at: Temporal.ZonedDateTime, step: UsageStep): Temporal.ZonedDateTime {
  if (step === 'hour') return at.round({ smallestUnit: 'hour', roundingMode: 'floor' })
  return (step === 'day' ? at : at.with({ day: 1 })).startOfDay()
}
