import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Frequency, periodAt, periodBoundary } from './period.ts'

const at = (text: string) => Temporal.Instant.from(text)
const days = (anchor: string, frequency: Frequency, count: number) =>
  Array.from({ length: count }, (_, n) => periodBoundary(at(anchor), frequency, n).toString().slice(0, 10))

describe('boundaries are counted from the anchor', () => {
  test('31 January, monthly', () => {
    const months = days('2026-01-31T00:00:00Z', { count: 1, interval: 'Month' }, 6)
    expect(months).toEqual(['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31', '2026-06-30'])
  })
  test('29 February, yearly', () => {
    const years = days('2024-02-29T00:00:00Z', { count: 1, interval: 'Year' }, 5)
    expect(years).toEqual(['2024-02-29', '2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29'])
  })
  test('every 3 months and every 2 weeks', () => {
    expect(days('2026-08-31T10:00:00Z', { count: 3, interval: 'Month' }, 4)).toEqual([
      '2026-08-31',
      '2026-11-30',
      '2027-02-28',
      '2027-05-31',
    ])
    expect(days('2026-12-25T00:00:00Z', { count: 2, interval: 'Week' }, 3)).toEqual([
      '2026-12-25',
      '2027-01-08',
      '2027-01-22',
    ])
  })
  test('a changed clock of some country moves nothing', () => {
    const march = periodBoundary(at('2026-03-01T23:30:00Z'), { count: 1, interval: 'Month' }, 1)
    expect(march.toString()).toBe('2026-04-01T23:30:00Z')
  })
})

test('a period is cut where the term ends inside it', () => {
  const cut = periodAt(at('2026-01-01T00:00:00Z'), { count: 1, interval: 'Month' }, 1, at('2026-02-10T00:00:00Z'))
  expect([cut.start.toString(), cut.end.toString()]).toEqual(['2026-02-01T00:00:00Z', '2026-02-10T00:00:00Z'])
})

test('48 periods tile from every anchor, for every frequency', () => {
  const anchors = fc
    .integer({ min: 0, max: 4 * 366 * 24 * 3600 })
    .map((seconds) => at('2023-01-01T00:00:00Z').add({ seconds }))
  const frequencies = fc.record({
    count: fc.integer({ min: 1, max: 12 }),
    interval: fc.constantFrom('Day', 'Week', 'Month', 'Year' as const),
  })
  fc.assert(
    fc.property(anchors, frequencies, (anchor, frequency) => {
      for (let n = 0; n < 48; n += 1) {
        const { start, end } = periodAt(anchor, frequency as Frequency, n)
        expect(Temporal.Instant.compare(start, end)).toBe(-1)
        expect(periodAt(anchor, frequency as Frequency, n + 1).start.equals(end)).toBe(true)
      }
    }),
    { numRuns: 50 },
  )
})
