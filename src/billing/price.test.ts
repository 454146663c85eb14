import { expect, test } from 'vitest'
import { discounted, lineAmounts, shareOf } from './price.ts'

const at = (text: string) => Temporal.Instant.from(text)

test('half of a 30-day period is exactly one half', () => {
  const whole = { start: at('2026-01-01T00:00:00Z'), end: at('2026-01-31T00:00:00Z') }
  const share = shareOf({ start: at('2026-01-16T00:00:00Z'), end: whole.end }, whole)
  expect(lineAmounts([{ quantity: 1, unit_price: 8000 }], share)).toEqual([4000])
})

test('15 % off 10.00 is 8.50, and half a cent goes up', () => {
  expect([discounted(1000, 1500), discounted(333, 5000), discounted(999, 0)]).toEqual([850, 167, 999])
})
