import { describe, expect, test } from 'vitest'
import { stepOf, stepsOf } from './usage-steps.ts'

const at = (text: string) => Temporal.Instant.from(text)

test.each([
  ['2026-03-01T00:00Z', '2026-03-03T00:00Z', 'hour'],
  ['2026-03-01T00:00Z', '2026-03-03T01:00Z', 'day'],
  ['2026-01-01T00:00Z', '2026-04-01T00:00Z', 'day'],
  ['2026-01-01T00:00Z', '2027-01-01T00:00Z', 'month'],
] as const)('%s to %s is looked at by the %s', (since, until, step) => {
  expect(stepOf(at(since), at(until))).toBe(step)
})

describe('steps', () => {
  const starts = (...args: Parameters<typeof stepsOf>) => stepsOf(...args).map(({ start }) => String(start))

  test('are whole days of the zone, and touch the stretch at both ends', () => {
    expect(starts(at('2026-01-31T09:00Z'), at('2026-02-02T09:00Z'), 'day', 'Europe/Stockholm')).toEqual([
      '2026-01-30T23:00:00Z',
      '2026-01-31T23:00:00Z',
      '2026-02-01T23:00:00Z',
    ])
  })

  test('end where the next begins, also on the day that has 25 hours', () => {
    const days = stepsOf(at('2026-10-24T12:00Z'), at('2026-10-26T12:00Z'), 'day', 'Europe/Stockholm')
    expect(days.map(({ start, end }) => end.since(start).total('hours'))).toEqual([24, 25, 24])
    const hours = stepsOf(at('2026-10-25T00:00Z'), at('2026-10-25T03:00Z'), 'hour', 'Europe/Stockholm')
    // 02:00 comes twice that night.
    expect(hours.map(({ start }) => String(start))).toEqual([
      '2026-10-25T00:00:00Z',
      '2026-10-25T01:00:00Z',
      '2026-10-25T02:00:00Z',
    ])
  })

  test('of a year are its months', () => {
    expect(starts(at('2026-01-31T09:00Z'), at('2027-01-31T09:00Z'), 'month', 'UTC')).toHaveLength(13)
  })

  test('an end that lies on a boundary opens no step', () => {
    expect(starts(at('2026-03-01T00:00Z'), at('2026-03-03T00:00Z'), 'day', 'UTC')).toHaveLength(2)
  })
})
