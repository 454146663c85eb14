import { expect, test } from 'vitest'
import { heldSince, periodPaidFor, releaseFromHold } from './hold.ts'
import { periodBoundary } from './period.ts'

const at = (text: string) => Temporal.Instant.from(text)
const thirtyDays = { count: 30, interval: 'Day' } as const

// The renewal of 31 January was declined; the period it is for ends on 2 March, and begins when it is paid.
test('paid on 5 February: to 7 March, and all that follows 5 days later', () => {
  const held = {
    anchor: at('2026-01-01T00:00:00Z'),
    period_number: 1,
    next_billing_date: at('2026-03-02T00:00:00Z'),
    since: at('2026-01-31T00:00:00Z'),
    expires_at: at('2036-01-01T00:00:00Z'),
  }
  const released = releaseFromHold(held, thirtyDays, at('2026-02-05T00:00:00Z'))
  expect(released.next_billing_date.toString()).toBe('2026-03-07T00:00:00Z')
  expect(released.expires_at?.toString()).toBe('2036-01-06T00:00:00Z')
  const next = periodBoundary(released.anchor, thirtyDays, released.period_number + 2)
  expect(next.toString()).toBe('2026-04-06T00:00:00Z')
})

test('some hours on hold keep the day of the month', () => {
  const monthly = { count: 1, interval: 'Month' } as const
  const held = {
    anchor: at('2026-01-31T09:00:00Z'),
    period_number: 1,
    next_billing_date: at('2026-03-31T09:00:00Z'),
    since: at('2026-02-28T09:00:00Z'),
    expires_at: null,
  }
  const released = releaseFromHold(held, monthly, at('2026-02-28T12:00:00Z'))
  expect(periodBoundary(released.anchor, monthly, released.period_number + 2).toString()).toBe('2026-04-30T12:00:00Z')
})

test('a period that could not begin was held from its start; one that had begun, from the decline', () => {
  const start = at('2026-01-31T09:00:00Z')
  expect(heldSince(at('2026-01-31T09:00:03Z'), start)).toBe(start)
  expect(heldSince(at('2026-02-02T09:00:00Z'), start).toString()).toBe('2026-02-02T09:00:00Z')
})

test('what was declined on 31 January and is paid on 5 February covers 5 February to 7 March', () => {
  const dues = { period_start: at('2026-01-31T00:00:00Z'), period_end: at('2026-03-02T00:00:00Z') }
  const paid = (since: string) => {
    const { period_start, period_end } = periodPaidFor(dues, at(since), at('2026-02-05T00:00:00Z'))
    return `${period_start} to ${period_end}`
  }
  expect(paid('2026-01-31T00:00:03Z')).toBe('2026-02-05T00:00:00Z to 2026-03-07T00:00:00Z')
  // After three days of grace it had begun: only the two days on hold are added.
  expect(paid('2026-02-03T00:00:00Z')).toBe('2026-01-31T00:00:00Z to 2026-03-04T00:00:00Z')
})
