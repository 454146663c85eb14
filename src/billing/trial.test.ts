import fc from 'fast-check'
import { expect, test } from 'vitest'
import { eachOf, trialAmountAt } from './trial.ts'

test.each([
  // 100 × 2700 ÷ 2900 = 93.1
  [100, 2900, 2700, 93],
  [100, 2900, 2900, 100],
  // 100 × 500,000 ÷ 3000: in a currency without decimals
  [100, 3000, 500_000, 16_667],
  [100, 0, 2700, 100],
])('a trial of %d at %d is, at %d, one of %d', (trial, price, other, expected) => {
  expect(trialAmountAt(trial, price, other)).toBe(expected)
})

test('a unit of several is what they came to, to half a minor unit each', () => {
  expect(eachOf(500, 3)).toBe(167)
  const amount = fc.integer({ min: 0, max: 1e9 })
  const quantity = fc.integer({ min: 1, max: 1000 })
  fc.assert(
    fc.property(amount, quantity, (whole, units) => 2 * Math.abs(eachOf(whole, units) * units - whole) <= units),
    { numRuns: 200 },
  )
})
