import fc from 'fast-check'
import { expect, test } from 'vitest'
import { notAfter, periodAt, periodBoundary } from './period.ts'
import { extendTerm, isTooLong, type Termed, wholeUntil } from './term.ts'

const at = (text: string) => Temporal.Instant.from(text)
const months = (count: number) => ({ count, interval: 'Month' }) as const
const years = (count: number) => ({ count, interval: 'Year' }) as const

/** A year, monthly, from 1 January; in its third month. */
const running: Termed = {
  began: at('2026-01-01T00:00:00Z'),
  term: years(1),
  expires_at: at('2027-01-01T00:00:00Z'),
  anchor: at('2026-01-01T00:00:00Z'),
  period_number: 2,
  next_billing_date: at('2026-04-01T00:00:00Z'),
  frequency: months(1),
}

test.each([
  [years(2), '2028-01-01T00:00:00Z'],
  [months(18), '2027-07-01T00:00:00Z'],
  [years(1), '2027-01-01T00:00:00Z'],
  [{ count: 366, interval: 'Day' } as const, '2027-01-02T00:00:00Z'],
])('%j ends at %s', (term, expires_at) => {
  expect(extendTerm(running, term)).toEqual({ type: 'extended', expires_at: at(expires_at), recut: null })
})

test.each([months(11), { count: 364, interval: 'Day' } as const])('%j is shorter', (term) => {
  expect(extendTerm(running, term)).toEqual({ type: 'shorter' })
})

test('time that it rested stays added', () => {
  const rested = { ...running, expires_at: at('2027-01-11T00:00:00Z') }
  expect(extendTerm(rested, years(2))).toMatchObject({ expires_at: at('2028-01-11T00:00:00Z') })
})

test('a period that the old term cut ends as it would have, and is a part of the month that it was counted as', () => {
  // 45 days monthly from 1 March: 1 to 15 April, of 30 days.
  const cut: Termed = {
    began: at('2026-03-01T00:00:00Z'),
    term: { count: 45, interval: 'Day' },
    expires_at: at('2026-04-15T00:00:00Z'),
    anchor: at('2026-03-01T00:00:00Z'),
    period_number: 1,
    next_billing_date: at('2026-04-15T00:00:00Z'),
    frequency: months(1),
  }
  const date = { anchor: at('2026-04-15T00:00:00Z'), period_number: -1, next_billing_date: at('2026-04-15T00:00:00Z') }
  expect(extendTerm(cut, months(12))).toEqual({
    type: 'extended',
    expires_at: at('2027-03-01T00:00:00Z'),
    recut: { ...date, whole_until: at('2026-05-01T00:00:00Z') },
  })
  expect(extendTerm(cut, cut.term)).toMatchObject({ recut: null })
})

test('a period that ends with the term and is whole stays what it is', () => {
  const last = { ...running, period_number: 11, next_billing_date: running.expires_at }
  expect(extendTerm(last, years(2))).toMatchObject({ recut: null })
})

test('never ends earlier, and the next period begins where the running one ends', () => {
  const lengths = fc.record({ term: fc.integer({ min: 1, max: 500 }), more: fc.integer({ min: 1, max: 900 }) })
  fc.assert(
    fc.property(lengths, fc.integer({ min: 0, max: 15 }), ({ term, more }, n) => {
      const began = at('2026-01-31T09:00:00Z')
      const days = (count: number) => ({ count, interval: 'Day' }) as const
      const expires_at = periodBoundary(began, days(term), 1)
      const period = periodAt(began, months(1), n, expires_at)
      fc.pre(!notAfter(period.end, period.start))
      const subscription = {
        ...{ began, term: days(term), expires_at, anchor: began, period_number: n, frequency: months(1) },
        next_billing_date: period.end,
      }
      const decision = extendTerm(subscription, days(more))
      expect(decision.type === 'shorter').toBe(more < term)
      if (decision.type === 'shorter') return
      expect(notAfter(expires_at, decision.expires_at)).toBe(true)
      const { anchor, period_number } = decision.recut ?? subscription
      const next = periodAt(anchor, months(1), period_number + 1)
      if (more > term) expect(next.start).toEqual(period.end)
    }),
    { numRuns: 200 },
  )
})

test('a period that begins now is a part of a whole one, unless it is no shorter', () => {
  const to = (text: string) => wholeUntil(at('2026-03-21T00:00:00Z'), at(text), months(1))
  // From 1 March to 1 April are 31 days.
  expect(to('2026-04-01T00:00:00Z')).toEqual(at('2026-04-21T00:00:00Z'))
  expect(to('2026-04-21T00:00:00Z')).toBeNull()
  expect(to('2026-06-01T00:00:00Z')).toBeNull()
})

test('a hundred years at most', () => {
  expect([years(100), years(101), { count: 36_600, interval: 'Day' } as const].map(isTooLong)).toEqual([
    false,
    true,
    false,
  ])
})
