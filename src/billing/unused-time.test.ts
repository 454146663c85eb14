import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sum } from './money.ts'
import { planUnusedTime } from './unused-time.ts'

const third = { numerator: 1n, denominator: 3n }
const part = (refundable: number, own_funds = 0) => ({ refundable, own_funds })

test('the newest payment gives first: 26.67 are 25.00 and 1.67', () => {
  expect(planUnusedTime([8000], third, [part(2500), part(1500)])).toEqual({ refunds: [2500, 167], to_wallet: 0 })
})

test('what the wallet paid goes back to it: 10.00 of 30.00, of which the card paid 4.00', () => {
  expect(planUnusedTime([3000], third, [part(400, 2600)])).toEqual({ refunds: [400], to_wallet: 600 })
})

test('what was a gift is not given back', () => {
  expect(planUnusedTime([3000], third, [part(0, 0)])).toEqual({ refunds: [0], to_wallet: 0 })
  expect(planUnusedTime([3000], third, [part(0, 250)])).toEqual({ refunds: [0], to_wallet: 250 })
})

test('never more than the time left is worth, nor than was paid', () => {
  const amount = fc.nat(20_000)
  const parts = fc.array(fc.record({ refundable: amount, own_funds: amount }), { maxLength: 4 })
  fc.assert(
    fc.property(fc.array(amount, { maxLength: 3 }), fc.nat(30), parts, (values, days, paid) => {
      const left = { numerator: BigInt(days), denominator: 30n }
      const { refunds, to_wallet } = planUnusedTime(values, left, paid)
      const given = sum(refunds) + to_wallet
      expect(given).toBeLessThanOrEqual(sum(values) + values.length)
      expect(given).toBeLessThanOrEqual(sum(paid.map(({ refundable, own_funds }) => refundable + own_funds)))
      for (const [index, { refundable }] of paid.entries()) expect(refunds[index]).toBeLessThanOrEqual(refundable)
    }),
    { numRuns: 200 },
  )
})
