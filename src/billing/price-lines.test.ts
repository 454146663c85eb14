import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DiscountTerms } from './discount.ts'
import { type LineToPrice, partOf, priceLines, takeShare } from './price-lines.ts'

const half = { numerator: 1n, denominator: 2n }
const everything = { product_ids: [] }
const off = (basis_points: number, max_amount: number | null = null): DiscountTerms => {
  return { type: 'percentage', basis_points, max_amount, ...everything }
}
const flat = (amount: number): DiscountTerms => ({ type: 'flat', amount, ...everything })

function line(amount: number, rate: number | null = null, more: Partial<LineToPrice> = {}): LineToPrice {
  const tax = rate === null ? null : { rate, name: 'VAT' }
  return { amount, sold_with: 'pdt_1', tax_inclusive: false, tax, ...more }
}
const inclusive = { tax_inclusive: true }
const shown = ({ lines, totals }: ReturnType<typeof priceLines>) => [
  lines.map(({ amount, tax }) => [amount, tax]),
  totals.total,
]

describe('tax', () => {
  test('19 % exclusive is added: 80.00 + 15.20 = 95.20', () => {
    expect(shown(priceLines([line(8000, 19)], []))).toEqual([[[8000, 1520]], 9520])
  })
  test('19 % inclusive is a part of 9.99: 1.60, which leaves 8.39, and the price shown stays', () => {
    const { lines, totals } = priceLines([line(999, 19, inclusive)], [])
    expect([lines[0]?.amount, lines[0]?.tax, totals]).toEqual([
      999,
      160,
      { subtotal: 999, tax: 160, tax_added: 0, total: 999 },
    ])
  })
  test('is computed once for each rate on the sum and split: 3 × 0.33 at 10 % are 0.10, not 3 × 0.03', () => {
    const { lines, totals } = priceLines([line(33, 10), line(33, 10), line(33, 10), line(1000, 7)], [])
    expect(lines.map(({ tax }) => tax)).toEqual([4, 3, 3, 70])
    expect(totals).toEqual({ subtotal: 1099, tax: 80, tax_added: 80, total: 1179 })
  })
  test('both ways in one cart: 10.00 + 1.90 and 10.00 with 1.60 in it are 21.90', () => {
    const { totals } = priceLines([line(1000, 19), line(1000, 19, inclusive)], [])
    expect(totals).toEqual({ subtotal: 2000, tax: 350, tax_added: 190, total: 2190 })
  })
  test('a rate of a thousandth of a per cent: 100.00 at 8.875 % are 8.88', () => {
    expect(priceLines([line(10_000, 8.875)], []).totals.tax).toBe(888)
  })
})

describe('discounts come before tax', () => {
  test('50 % of 30.00, then 19 % exclusive: 15.00 + 2.85', () => {
    expect(shown(priceLines([line(3000, 19)], [off(5000)]))).toEqual([[[1500, 285]], 1785])
  })
  test('50 %, then 4.00 flat, over 10.00 and 20.00: each line is 5.00 − 1.33 and 10.00 − 2.67', () => {
    const { lines, discounts } = priceLines([line(1000), line(2000)], [off(5000), flat(400)])
    expect(lines.map(({ amount }) => amount)).toEqual([367, 733])
    expect(lines.map((each) => each.discounts)).toEqual([
      [500, 133],
      [1000, 267],
    ])
    expect(discounts).toEqual([1500, 400])
  })
  test('never below 0, and no tax on nothing', () => {
    expect(priceLines([line(3000, 19)], [flat(9000), off(5000)]).totals).toMatchObject({ tax: 0, total: 0 })
  })
  test('a percentage takes its cap at most: 50 % of 100.00, at most 20.00', () => {
    expect(priceLines([line(10_000)], [off(5000, 2000)]).totals.total).toBe(8000)
  })
  test('only lines of its products', () => {
    const other = { ...off(5000), product_ids: ['pdt_2'] }
    expect(priceLines([line(1000), line(1000, null, { sold_with: 'pdt_2' })], [other]).lines[1]?.amount).toBe(500)
    expect(priceLines([line(1000)], [other]).totals.total).toBe(1000)
  })
})

describe('a part of a period', () => {
  test('a flat discount shrinks with it: (80.00 − 10.00) × ½ = 35.00', () => {
    const { lines, discounts } = priceLines([line(8000, null, { share: half })], [flat(1000)])
    expect([lines[0]?.amount, lines[0]?.discount, discounts]).toEqual([3500, 500, [500]])
  })
  test('half of 80.00 at 19 % exclusive is 40.00 + 7.60', () => {
    expect(shown(priceLines([line(8000, 19, { share: half })], []))).toEqual([[[4000, 760]], 4760])
  })
  test('what is charged for a part is what is given back of the same part', () => {
    const whole = priceLines([line(999, 19), line(333, 7)], [off(1500)])
    const third = { numerator: 1n, denominator: 3n }
    expect(takeShare(whole.lines, third).map(({ gross }) => gross)).toEqual(
      partOf(whole, third).lines.map(({ gross }) => gross),
    )
  })
})

describe('whatever is sold', () => {
  const rates = fc.option(fc.constantFrom(0, 5.5, 7, 8.875, 19, 25))
  const lines = fc.array(
    fc.record({ amount: fc.integer({ min: 0, max: 1_000_000 }), rate: rates, tax_inclusive: fc.boolean() }),
    { minLength: 1, maxLength: 6 },
  )
  const terms = fc.array(
    fc.oneof(
      fc.integer({ min: 1, max: 10_000 }).map((bps) => off(bps)),
      fc.integer({ min: 1, max: 500_000 }).map(flat),
    ),
    { maxLength: 20 },
  )
  const shares = fc.tuple(fc.integer({ min: 0, max: 720 }), fc.constant(720))

  test('parts sum to the whole, nothing is negative, and discounts take what is missing', () => {
    fc.assert(
      fc.property(lines, terms, (sold, discounts) => {
        const priced = priceLines(
          sold.map(({ amount, rate, tax_inclusive }) => line(amount, rate, { tax_inclusive })),
          discounts,
        )
        const { subtotal, tax, tax_added, total } = priced.totals
        expect(subtotal + tax_added).toBe(total)
        expect(priced.lines.reduce((sum, each) => sum + each.tax, 0)).toBe(tax)
        expect(priced.discounts.reduce((sum, each) => sum + each, 0)).toBe(
          priced.lines.reduce((sum, { discount }) => sum + discount, 0),
        )
        for (const [index, each] of priced.lines.entries()) {
          expect(each.amount + each.discount).toBe(sold[index]?.amount)
          expect(Math.min(each.amount, each.tax, each.discount)).toBeGreaterThanOrEqual(0)
        }
      }),
    )
  })
  test('a part and its rest are within half a minor unit of the whole for each line', () => {
    fc.assert(
      fc.property(lines, terms, shares, (sold, discounts, [part, whole]) => {
        const priced = priceLines(
          sold.map(({ amount, rate, tax_inclusive }) => line(amount, rate, { tax_inclusive })),
          discounts,
        )
        const cut = partOf(priced, { numerator: BigInt(part), denominator: BigInt(whole) })
        for (const [index, { gross, tax }] of cut.lines.entries()) {
          const exact = ((priced.lines[index]?.gross ?? 0) * part) / whole
          expect(Math.abs(gross - exact)).toBeLessThanOrEqual(0.5)
          expect(tax).toBeLessThanOrEqual(gross)
        }
      }),
    )
  })
})
