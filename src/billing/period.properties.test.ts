// Every anchor day and twenty zones: periods tile, months clamp to their end, and no country's clock moves a billing date.
import { describe, expect, test, vi } from 'vitest'
import { type Frequency, periodAt, periodBoundary } from './period.ts'

const full = process.env.PORTICO_TEST_FULL === '1'
vi.setConfig({ testTimeout: full ? 900_000 : 60_000 })
const PERIODS = 48

const zones = [
  'Africa/Cairo',
  'Africa/Casablanca',
  'America/Asuncion',
  'America/Chicago',
  'America/Havana',
  'America/New_York',
  'America/Nuuk',
  'America/Santiago',
  'America/St_Johns',
  'Antarctica/Troll',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Asia/Tokyo',
  'Australia/Lord_Howe',
  'Europe/Berlin',
  'Europe/London',
  'Pacific/Apia',
  'Pacific/Auckland',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
]

const monthly: Frequency = { count: 1, interval: 'Month' }
const frequencies: Frequency[] = [
  monthly,
  { count: 3, interval: 'Month' },
  { count: 1, interval: 'Year' },
  { count: 2, interval: 'Week' },
  { count: 30, interval: 'Day' },
]

/** Bought at half past two in the zone, an hour that a changed clock may skip, on every day of a month; of the year in the nightly run. */
function anchorsIn(zone: string, year: number): Temporal.Instant[] {
  return Array.from({ length: full ? 366 : 31 }, (_, days) =>
    Temporal.PlainDate.from({ year, month: 1, day: 1 })
      .add({ days })
      .toZonedDateTime({ timeZone: zone, plainTime: '02:30' })
      .toInstant(),
  )
}

describe.each(zones)('%s', (zone) => {
  test('48 periods from every day tile, and begin at the same time of day in UTC', () => {
    for (const anchor of anchorsIn(zone, 2024)) {
      const timeOfDay = anchor.toZonedDateTimeISO('UTC').toPlainTime()
      for (const frequency of frequencies) {
        let end = anchor
        for (let n = 0; n < PERIODS; n += 1) {
          const period = periodAt(anchor, frequency, n)
          if (!period.start.equals(end) || Temporal.Instant.compare(period.start, period.end) >= 0) {
            expect.fail(`period ${n} from ${anchor} is ${period.start} to ${period.end}`)
          }
          const starts = period.start.toZonedDateTimeISO('UTC').toPlainTime()
          if (!starts.equals(timeOfDay)) expect.fail(`period ${n} from ${anchor} begins at ${starts}`)
          end = period.end
        }
      }
    }
  })

  test('a month has the day of the anchor, or its last', () => {
    for (const anchor of anchorsIn(zone, 2024)) {
      const first = anchor.toZonedDateTimeISO('UTC')
      for (let n = 0; n <= PERIODS; n += 1) {
        const { day, daysInMonth, month, year } = periodBoundary(anchor, monthly, n).toZonedDateTimeISO('UTC')
        if (day !== Math.min(first.day, daysInMonth)) expect.fail(`${n} months after ${anchor} is day ${day}`)
        if (year * 12 + month !== first.year * 12 + first.month + n)
          expect.fail(`${n} months after ${anchor} skips one`)
      }
    }
  })

  // The zone's own clock may read an hour more in summer: the instant is the same one that UTC counts.
  test('days between two dates are whole days of 24 hours', () => {
    const anchor = Temporal.ZonedDateTime.from(`2026-01-31T02:30[${zone}]`).toInstant()
    for (let n = 0; n < PERIODS; n += 1) {
      const { start, end } = periodAt(anchor, monthly, n)
      expect(start.until(end).total('hours') % 24).toBe(0)
    }
  })
})
