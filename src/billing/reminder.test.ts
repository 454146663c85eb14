import { expect, test } from 'vitest'
import { cardEndsAt, remindAt, remindOfCardAt } from '#billing/reminder.ts'

const at = (text: string) => Temporal.Instant.from(text)

test('two days before the end', () => {
  expect(remindAt(at('2026-01-31T09:00:00Z'), at('2026-02-28T09:00:00Z'))?.toString()).toBe('2026-02-26T09:00:00Z')
})

test('what is hardly longer than that is not told of twice', () => {
  // Three days: 2 March is a day after the beginning. A minute less, and it is not.
  expect(remindAt(at('2026-03-01T09:00:00Z'), at('2026-03-04T09:00:00Z'))?.toString()).toBe('2026-03-02T09:00:00Z')
  expect(remindAt(at('2026-03-01T09:00:00Z'), at('2026-03-04T08:59:00Z'))).toBeUndefined()
  expect(remindAt(at('2026-03-01T09:00:00Z'), at('2026-03-03T09:00:00Z'))).toBeUndefined()
})

test('a card two weeks before its month is over', () => {
  // 1 July less 14 days; 1 January less 14 days.
  expect(remindOfCardAt({ year: 2027, month: 6 }).toString()).toBe('2027-06-17T00:00:00Z')
  expect(remindOfCardAt({ year: 2026, month: 12 }).toString()).toBe('2026-12-18T00:00:00Z')
  expect(cardEndsAt({ year: 2026, month: 12 }).toString()).toBe('2027-01-01T00:00:00Z')
})
