import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sum } from './money.ts'
import { planUnusedTime } from './unused-time.ts'

const third = { numerator: 1n, denominator: 3n }
const part = (refundable: number, wallet = 0, credit = 0) => ({ refundable, wallet, credit })

test('the newest payment gives first: 26.67 are 25.00 and 1.67', () => {
  expect(planUnusedTime([8000], third, [part(2500), part(1500)]).parts).toEqual([
    { to_method: 2500, to_wallet: 0, for_credit: 0 },
    { to_method: 167, to_wallet: 0, for_credit: 0 },
  ])
})

test('what the wallet paid goes back to it: 10.00 of 30.00, of which the card paid 4.00', () => {
  expect(planUnusedTime([3000], third, [part(400, 2600)]).parts).toMatchObject([{ to_method: 400, to_wallet: 600 }])
})

test('the cards come before any wallet', () => {
  expect(planUnusedTime([3000], third, [part(400, 2600), part(500)]).parts).toMatchObject([
    { to_method: 400, to_wallet: 100 },
    { to_method: 500, to_wallet: 0 },
  ])
})

test('what was a gift is not given back, and what credit paid goes to the wallet', () => {
  expect(planUnusedTime([3000], third, [part(0)]).parts).toMatchObject([{ for_credit: 0 }])
  expect(planUnusedTime([3000], third, [part(0, 0, 250)]).parts).toMatchObject([{ for_credit: 250 }])
})

test('never more than the time left is worth, nor than was paid', () => {
  const amount = fc.nat(20_000)
  const parts = fc.array(fc.record({ refundable: amount, wallet: amount, credit: amount }), { maxLength: 4 })
  fc.assert(
    fc.property(fc.array(amount, { maxLength: 3 }), fc.nat(30), parts, (values, days, paid) => {
      const left = { numerator: BigInt(days), denominator: 30n }
      const planned = planUnusedTime(values, left, paid)
      const given = sum(planned.parts.map((each) => each.to_method + each.to_wallet + each.for_credit))
      expect(given).toBeLessThanOrEqual(sum(values) + values.length)
      expect(given).toBeLessThanOrEqual(sum(paid.map(({ refundable, wallet, credit }) => refundable + wallet + credit)))
      for (const [index, { refundable, wallet }] of paid.entries()) {
        expect(planned.parts[index]?.to_method).toBeLessThanOrEqual(refundable)
        expect(planned.parts[index]?.to_wallet).toBeLessThanOrEqual(wallet)
      }
    }),
    { numRuns: 200 },
  )
})
