// Prices, discounts, taxes and parts of periods against exact fractions: what is rounded, and by how much.
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import type { DiscountTerms } from './discount.ts'
import { exponentOf, MAX_AMOUNT, type Ratio, scale, split, sum } from './money.ts'
import { type LineToPrice, type PricedLines, partOf, priceLines } from './price-lines.ts'

const full = process.env.PORTICO_TEST_FULL === '1'
vi.setConfig({ testTimeout: full ? 900_000 : 60_000 })
const runs = { numRuns: full ? 10_000 : 300 }

/** n ÷ d, never rounded; d is positive. */
type Exact = readonly [n: bigint, d: bigint]
const whole = (n: number): Exact => [BigInt(n), 1n]
const plus = (a: Exact, b: Exact): Exact => [a[0] * b[1] + b[0] * a[1], a[1] * b[1]]
const minus = (a: Exact, b: Exact): Exact => [a[0] * b[1] - b[0] * a[1], a[1] * b[1]]
const times = (a: Exact, b: Exact): Exact => [a[0] * b[0], a[1] * b[1]]
const least = (a: Exact, b: Exact): Exact => (minus(a, b)[0] <= 0n ? a : b)
const off = (a: Exact, b: Exact): Exact => {
  const [n, d] = minus(a, b)
  return [n < 0n ? -n : n, d]
}
const atMost = (a: Exact, b: Exact) => minus(a, b)[0] <= 0n
const HALF: Exact = [1n, 2n]

const percentage = fc.record({
  type: fc.constant('percentage' as const),
  basis_points: fc.integer({ min: 1, max: 10_000 }),
  max_amount: fc.option(fc.integer({ min: 1, max: 5_000_000 })),
})
const flat = fc.record({ type: fc.constant('flat' as const), amount: fc.integer({ min: 1, max: 5_000_000 }) })
const discountFor = (...products: string[]) =>
  fc
    .tuple(fc.oneof(percentage, flat), fc.subarray(products))
    .map(([terms, product_ids]): DiscountTerms => ({ ...terms, product_ids }))

/** Per cent with up to four places, as the merchant's table has them. */
const rates = fc.integer({ min: 0, max: 400_000 }).map((units) => units / 10_000)
const taxes = fc.option(rates.map((rate) => ({ rate, name: 'VAT' })))
const shares: fc.Arbitrary<Ratio> = fc
  .tuple(fc.bigInt({ min: 0n, max: 2_678_400n }), fc.bigInt({ min: 0n, max: 2_678_400n }))
  .map(([a, b]) => ({ numerator: a, denominator: a + b || 1n }))

const unitPrices = fc.integer({ min: 0, max: 10_000_000 })
const prices = fc.tuple(fc.integer({ min: 1, max: 50 }), unitPrices).map(([quantity, unit]) => quantity * unit)
const mixedLine = fc.record({
  amount: prices,
  sold_with: fc.constantFrom('pdt_1', 'pdt_2'),
  tax_inclusive: fc.boolean(),
  tax: taxes,
})
const mixed = fc.array(mixedLine, { minLength: 1, maxLength: 6 })
const mixedDiscounts = fc.array(discountFor('pdt_1', 'pdt_2'), { maxLength: 4 })

function expectToAddUp({ lines, discounts, totals }: PricedLines) {
  expect(totals.total).toBe(sum(lines.map(({ gross }) => gross)))
  expect(totals.subtotal).toBe(sum(lines.map(({ amount }) => amount)))
  expect(totals.tax).toBe(sum(lines.map(({ tax }) => tax)))
  expect(totals.subtotal + totals.tax_added).toBe(totals.total)
  expect(sum(discounts)).toBe(sum(lines.map(({ discount }) => discount)))
  for (const line of lines) {
    expect(line.amount + (line.tax_inclusive ? 0 : line.tax)).toBe(line.gross)
    expect(line.discount).toBe(sum(line.discounts))
    expect(line.tax >= 0 && line.tax <= line.gross).toBe(true)
    expect(line.discounts.every((amount) => amount >= 0)).toBe(true)
  }
}

describe('the parts sum to the whole', () => {
  test('of an invoice: lines, discounts and taxes, whole and in part', () => {
    fc.assert(
      fc.property(mixed, mixedDiscounts, shares, (lines, discounts, share) => {
        const priced = priceLines(lines, discounts)
        expectToAddUp(priced)
        for (const [at, line] of priced.lines.entries()) {
          expect(line.amount + line.discount).toBe(lines[at]?.amount)
          expect(line.amount).toBeGreaterThanOrEqual(0)
        }
        expectToAddUp(partOf(priced, share))
        expectToAddUp(
          priceLines(
            lines.map((line) => ({ ...line, share })),
            discounts,
          ),
        )
      }),
      runs,
    )
  })

  test('of a period: what was used and what is left are within half a unit a line each of all that was paid', () => {
    fc.assert(
      fc.property(mixed, mixedDiscounts, shares, (lines, discounts, left) => {
        const paid = priceLines(lines, discounts)
        const used = { numerator: left.denominator - left.numerator, denominator: left.denominator }
        for (const [share, part] of [left, used].map((ratio) => [ratio, partOf(paid, ratio)] as const)) {
          const exact = times(whole(paid.totals.total), [share.numerator, share.denominator])
          const allowed = times(HALF, whole(lines.length))
          expect(atMost(off(whole(part.totals.total), exact), allowed)).toBe(true)
          expect(part.totals.total).toBeLessThanOrEqual(paid.totals.total)
        }
      }),
      runs,
    )
  })
})

/** Discounts in order, then the tax on what they left: nothing is rounded. */
function exactTotal(lines: readonly LineToPrice[], discounts: readonly DiscountTerms[]): Exact {
  let left = whole(sum(lines.map(({ amount }) => amount)))
  for (const terms of discounts) {
    if (terms.type === 'flat') left = minus(left, least(whole(terms.amount), left))
    else {
      const part = times(left, [BigInt(terms.basis_points), 10_000n])
      left = minus(left, terms.max_amount === null ? part : least(part, whole(terms.max_amount)))
    }
  }
  const [{ tax, tax_inclusive } = { tax: null, tax_inclusive: true }] = lines
  if (tax === null || tax_inclusive) return left
  return plus(left, times(left, [BigInt(Math.round(tax.rate * 10_000)), 1_000_000n]))
}

// A discount of so many per cent is rounded once for all its lines, a tax once for its rate; what was rounded before a tax is taxed too.
test('a total is within half a unit of the exact one for each time that something was rounded', () => {
  const sameTax = fc
    .tuple(fc.array(prices, { minLength: 1, maxLength: 6 }), fc.boolean(), taxes)
    .map(([amounts, tax_inclusive, tax]) =>
      amounts.map((amount) => ({ amount, sold_with: 'pdt_1', tax_inclusive, tax })),
    )
  fc.assert(
    fc.property(sameTax, fc.array(discountFor(), { maxLength: 4 }), (lines, discounts) => {
      const rounded = whole(discounts.filter(({ type }) => type === 'percentage').length)
      const rate = lines[0]?.tax_inclusive === true ? 0 : (lines[0]?.tax?.rate ?? 0)
      const taxed = times(rounded, plus(whole(1), [BigInt(Math.round(rate * 10_000)), 1_000_000n]))
      const allowed = times(HALF, plus(taxed, whole(1)))
      const { totals } = priceLines(lines, discounts)
      expect(atMost(off(whole(totals.total), exactTotal(lines, discounts)), allowed)).toBe(true)
    }),
    runs,
  )
})

test('tax inside a price never changes the price, and is the rate of what is left', () => {
  fc.assert(
    fc.property(prices, rates, (amount, rate) => {
      const tax = { rate, name: null }
      const { totals } = priceLines([{ amount, sold_with: 'pdt_1', tax_inclusive: true, tax }], [])
      expect(totals.total).toBe(amount)
      const units = BigInt(Math.round(rate * 10_000))
      expect(atMost(off(whole(totals.tax), [BigInt(amount) * units, 1_000_000n + units]), HALF)).toBe(true)
    }),
    runs,
  )
})

describe.each([
  ['JPY', 0],
  ['USD', 2],
  ['HUF', 2],
  ['KWD', 3],
  ['IQD', 3],
  ['CLF', 4],
])('in %s, with %i digits after the point', (currency, digits) => {
  // From one minor unit to the most the API takes, and sums of major units with all their digits.
  const unit = 10 ** digits
  const amounts = fc.oneof(
    fc.integer({ min: 0, max: MAX_AMOUNT }),
    fc.integer({ min: 0, max: 20 }).map((n) => n * unit),
    fc.constantFrom(1, unit - 1, unit, unit + 1, MAX_AMOUNT),
  )

  test('amounts are whole minor units, whatever is done to them', () => {
    expect(exponentOf(currency)).toBe(digits)
    const weights = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(amounts, shares, weights, taxes, (amount, share, over, tax) => {
        const line = { amount, sold_with: 'pdt_1', tax_inclusive: false, tax }
        const { lines, totals } = priceLines([{ ...line, share }, line], [])
        const numbers = [scale(amount, share), ...split(amount, over), ...Object.values(totals)]
        expect([...numbers, ...lines.flatMap(({ gross, tax }) => [gross, tax])].every(Number.isSafeInteger)).toBe(true)
        expect(sum(split(amount, over))).toBe(amount)
        const exact = times(whole(amount), [share.numerator, share.denominator])
        expect(atMost(off(whole(scale(amount, share)), exact), HALF)).toBe(true)
      }),
      runs,
    )
  })
})
