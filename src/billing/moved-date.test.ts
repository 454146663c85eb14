import fc from 'fast-check'
import { expect, test } from 'vitest'
import { moveBillingDate } from './moved-date.ts'
import { periodAt, periodBoundary } from './period.ts'

const at = (text: string) => Temporal.Instant.from(text)
const monthly = { count: 1, interval: 'Month' } as const

const from31 = { anchor: at('2026-01-31T09:00:00Z'), period_number: 0, next_billing_date: at('2026-02-28T09:00:00Z') }

test('a shift of some hours keeps the day of the month', () => {
  const moved = moveBillingDate(from31, monthly, at('2026-02-28T15:00:00Z'))
  expect(periodBoundary(moved.anchor, monthly, moved.period_number + 2).toString()).toBe('2026-03-31T15:00:00Z')
})

test('a day or more is a new anchor, in both directions', () => {
  for (const date of ['2026-02-27T09:00:00Z', '2026-03-01T09:00:00Z', '2026-07-04T00:00:00Z']) {
    expect(moveBillingDate(from31, monthly, at(date))).toEqual({
      anchor: at(date),
      period_number: -1,
      next_billing_date: at(date),
    })
  }
})

// Anchor 30 January, so 28 February 09:00; 20 hours later is 1 March, which no 31 January leads to.
test('a shift of some hours that the shifted anchor does not lead to is a new anchor', () => {
  const old = { ...from31, anchor: at('2026-01-30T09:00:00Z') }
  expect(moveBillingDate(old, monthly, at('2026-03-01T05:00:00Z')).anchor.toString()).toBe('2026-03-01T05:00:00Z')
})

test('whatever the move, the next period begins at the date', () => {
  const hours = fc.integer({ min: -72, max: 72 })
  const days = fc.integer({ min: 0, max: 800 })
  fc.assert(
    fc.property(days, hours, fc.integer({ min: 0, max: 40 }), (start, shift, period_number) => {
      const anchor = at('2024-01-01T12:00:00Z').add({ hours: start * 24 })
      const next_billing_date = periodBoundary(anchor, monthly, period_number + 1)
      const date = next_billing_date.add({ hours: shift })
      const moved = moveBillingDate({ anchor, period_number, next_billing_date }, monthly, date)
      expect(periodAt(moved.anchor, monthly, moved.period_number + 1).start.toString()).toBe(date.toString())
    }),
  )
})
