import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decidePause, type Pausable, resumeDates } from './pause.ts'
import { periodBoundary } from './period.ts'

const at = (text: string) => Temporal.Instant.from(`${text}T00:00:00Z`)
const thirtyDays = { count: 30, interval: 'Day' } as const
const running: Pausable = {
  status: 'active',
  next_billing_date: at('2026-01-31'),
  in_trial: false,
  payment_pending: false,
}

test('a paid period that runs can be paused', () => {
  expect(decidePause(running, at('2026-01-16'))).toEqual({ type: 'pause' })
})

test.each([
  [{ status: 'paused' }, '2026-01-16', 'paused_already'],
  [{ status: 'on_hold' }, '2026-01-16', 'not_eligible'],
  [{ status: 'past_due' }, '2026-01-16', 'not_eligible'],
  [{ status: 'cancelled' }, '2026-01-16', 'not_eligible'],
  [{ in_trial: true }, '2026-01-16', 'not_eligible'],
  [{ payment_pending: true }, '2026-01-16', 'payment_pending'],
  // At the boundary the next period is owed already.
  [{}, '2026-01-31', 'payment_pending'],
] as const)('%o on %s: refused, %s', (change, day, reason) => {
  expect(decidePause({ ...running, ...change }, at(day))).toEqual({ type: 'refused', reason })
})

test('paused on 11 January, resumed on 31 January: 20 days later, and so is the end of the term', () => {
  const paused = {
    anchor: at('2026-01-01'),
    period_number: 0,
    next_billing_date: at('2026-01-31'),
    paused_at: at('2026-01-11'),
    expires_at: at('2026-06-30'),
  }
  const resumed = resumeDates(paused, thirtyDays, at('2026-01-31'))
  expect(resumed.next_billing_date).toEqual(at('2026-02-20'))
  expect(resumed.expires_at).toEqual(at('2026-07-20'))
  expect(periodBoundary(resumed.anchor, thirtyDays, resumed.period_number + 2)).toEqual(at('2026-03-22'))
})

test('however long it lasts, as much time is left afterwards as before', () => {
  const hours = fc.integer({ min: 0, max: 20_000 })
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 719 }), hours, (into, length) => {
      const paused_at = at('2026-01-01').add({ hours: into })
      const now = paused_at.add({ hours: length })
      const dates = {
        anchor: at('2026-01-01'),
        period_number: 0,
        next_billing_date: at('2026-01-31'),
        expires_at: null,
      }
      const resumed = resumeDates({ ...dates, paused_at }, thirtyDays, now)
      expect(now.until(resumed.next_billing_date)).toEqual(paused_at.until(dates.next_billing_date))
    }),
    { numRuns: 200 },
  )
})
