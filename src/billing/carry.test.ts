import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byRate, isTooSmall, stated } from './carry.ts'

test('waits below the smallest charge, unless credit and wallet pay all of it', () => {
  expect(isTooSmall(30, { credit: 0, wallet: 0 }, 50)).toBe(true)
  expect(isTooSmall(30, { credit: 10, wallet: 19 }, 50)).toBe(true)
  expect(isTooSmall(30, { credit: 10, wallet: 20 }, 50)).toBe(false)
  expect(isTooSmall(50, { credit: 0, wallet: 0 }, 50)).toBe(false)
  expect(isTooSmall(0, { credit: 0, wallet: 0 }, 50)).toBe(false)
})

test('keeps what each rate of tax is due on apart', () => {
  const lines = [
    { amount: 20, tax: 4, tax_rate: '19', tax_inclusive: false },
    { amount: 7, tax: 0, tax_rate: null, tax_inclusive: false },
    { amount: 10, tax: 2, tax_rate: '19', tax_inclusive: false },
    { amount: -7, tax: 0, tax_rate: null, tax_inclusive: false },
    { amount: 12, tax: 2, tax_rate: '19', tax_inclusive: true },
  ]
  expect(byRate(lines)).toEqual([
    { amount: 30, tax: 6, tax_rate: '19', tax_inclusive: false },
    { amount: 12, tax: 2, tax_rate: '19', tax_inclusive: true },
  ])
})

test('0.25 and 0.05 of tax are 0.30 where prices hold their tax, and back', () => {
  const exclusive = { amount: 25, tax: 5, tax_rate: '20', tax_inclusive: false }
  expect(stated(exclusive, true)).toEqual({ amount: 30, tax: 5, tax_rate: '20', tax_inclusive: true })
  expect(stated(stated(exclusive, true), false)).toEqual(exclusive)
})

test('nothing is lost or found by carrying', () => {
  const line = fc.record({
    amount: fc.integer({ min: -500, max: 500 }),
    tax: fc.integer({ min: -50, max: 50 }),
    tax_rate: fc.constantFrom(null, '7', '19'),
    tax_inclusive: fc.boolean(),
  })
  const total = (lines: { amount: number; tax: number }[]) =>
    lines.reduce((sum, { amount, tax }) => sum + amount + tax, 0)
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      expect(total(byRate(lines))).toBe(total(lines))
    }),
  )
})
