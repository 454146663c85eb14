import fc from 'fast-check'
import { expect, test } from 'vitest'
import { creditFor, fundsFor } from './credit.ts'

test('pays all it can', () => {
  expect([creditFor(2000, 3000, 50), creditFor(2000, 1000, 50), creditFor(2000, 0, 50)]).toEqual([2000, 1000, 0])
})

test('leaves no rest that is too small to charge: 20.00 with 19.80 of credit is 0.50 by card', () => {
  expect([creditFor(2000, 1980, 50), creditFor(30, 10, 50)]).toEqual([1950, 0])
})

test('never more than the total or the balance, and the rest can be charged where the total could', () => {
  const amounts = fc.integer({ min: 0, max: 100_000 })
  fc.assert(
    fc.property(amounts, amounts, fc.integer({ min: 0, max: 500 }), (total, balance, minimum) => {
      const credit = creditFor(total, balance, minimum)
      expect(credit >= 0 && credit <= total && credit <= balance).toBe(true)
      const rest = total - credit
      expect(rest === 0 || rest >= Math.min(minimum, total)).toBe(true)
    }),
  )
})

test('credit goes first; what is kept back for the smallest charge stays in the wallet', () => {
  expect(fundsFor(2000, { credit: 500, wallet: 800 }, 50)).toEqual({ credit: 500, wallet: 800 })
  expect(fundsFor(2000, { credit: 500, wallet: 1480 }, 50)).toEqual({ credit: 500, wallet: 1450 })
  expect(fundsFor(2000, { credit: 3000, wallet: 800 }, 50)).toEqual({ credit: 2000, wallet: 0 })
  expect(fundsFor(2000, { credit: 500, wallet: 9000 }, 50)).toEqual({ credit: 500, wallet: 1500 })
})

test('neither pays more than it holds, and together they pay what one purse of both would', () => {
  const amounts = fc.integer({ min: 0, max: 100_000 })
  fc.assert(
    fc.property(amounts, amounts, amounts, fc.integer({ min: 0, max: 500 }), (total, credit, wallet, minimum) => {
      const paid = fundsFor(total, { credit, wallet }, minimum)
      expect(paid.credit >= 0 && paid.credit <= credit && paid.wallet >= 0 && paid.wallet <= wallet).toBe(true)
      expect(paid.credit + paid.wallet).toBe(creditFor(total, credit + wallet, minimum))
      expect(paid.wallet === 0 || paid.credit === credit).toBe(true)
    }),
  )
})
