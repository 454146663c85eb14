import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exponentOf, MAX_AMOUNT, scale, split, sum, toDecimal } from './money.ts'

const ratio = (numerator: number, denominator: number) => ({
  numerator: BigInt(numerator),
  denominator: BigInt(denominator),
})

describe('exponents', () => {
  test.each([
    ['USD', 2],
    ['JPY', 0],
    ['KWD', 3],
    ['IQD', 3],
    ['HUF', 2],
    ['CLF', 4],
    ['MGA', 0],
  ])('%s has %i digits after the point', (currency, digits) => {
    expect(exponentOf(currency)).toBe(digits)
  })
})

describe('scale', () => {
  test('the worked half of 80.00 is 40.00', () => expect(scale(8000, ratio(15, 30))).toBe(4000))
  test('a half unit goes away from zero, up and down', () => {
    expect([scale(333, ratio(1, 2)), scale(-333, ratio(1, 2))]).toEqual([167, -167])
  })
  test('is within half a unit of the exact value, and odd', () => {
    const amounts = fc.integer({ min: -MAX_AMOUNT, max: MAX_AMOUNT })
    const naturals = fc.integer({ min: 1, max: 1_000_000_000 })
    fc.assert(
      fc.property(amounts, naturals, naturals, (amount, n, extra) => {
        const part = ratio(n, n + extra)
        const error = BigInt(scale(amount, part)) * part.denominator - BigInt(amount) * part.numerator
        expect(error * 2n <= part.denominator && error * -2n <= part.denominator).toBe(true)
        expect(scale(-amount, part)).toBe(0 - scale(amount, part))
      }),
    )
  })
  test('refuses what a number cannot hold', () => {
    expect(() => scale(Number.MAX_SAFE_INTEGER, ratio(2, 1))).toThrow(RangeError)
    expect(() => scale(1, ratio(1, 0))).toThrow(RangeError)
  })
})

describe('split', () => {
  test('gives the odd cents to the largest remainders', () => expect(split(100, [1, 1, 1])).toEqual([34, 33, 33]))
  test('loses nothing, whatever the weights', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(fc.integer({ min: -MAX_AMOUNT, max: MAX_AMOUNT }), weights, (amount, shares) => {
        fc.pre(shares.some((share) => share > 0))
        const parts = split(amount, shares)
        expect(sum(parts)).toBe(amount)
        expect(parts.every((part) => part === 0 || Math.sign(part) === Math.sign(amount))).toBe(true)
      }),
    )
  })
})

test.each([
  [-1250, 'USD', '-12.50'],
  [5, 'USD', '0.05'],
  [0, 'EUR', '0.00'],
  [1250, 'JPY', '1250'],
  [-1, 'KWD', '-0.001'],
])('%i of %s is %s', (amount, currency, decimal) => {
  expect(toDecimal(amount, currency)).toBe(decimal)
})
