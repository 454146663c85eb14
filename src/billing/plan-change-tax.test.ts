// Basic 30.00 and Pro 80.00 for 30 days from 1 January, changed on 16 January with 15 of 30 days left: r = 1/2.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ChangeItem, valuesOf, wholePrice } from './change-lines.ts'
import type { DiscountTerms } from './discount.ts'
import { decidePlanChange, type PlanChange } from './plan-change.ts'

const at = (text: string) => Temporal.Instant.from(text)
const WHOLE = { numerator: 1n, denominator: 1n }
const half: DiscountTerms = { type: 'percentage', basis_points: 5000, max_amount: null, product_ids: [] }
const tenOff: DiscountTerms = { type: 'flat', amount: 1000, product_ids: [] }

interface Terms {
  rate?: number
  tax_inclusive?: boolean
  discounts?: DiscountTerms[]
}

function plan(unit_price: number, { rate, tax_inclusive = false, discounts = [] }: Terms = {}) {
  const tax = rate === undefined ? null : { rate, name: 'VAT' }
  const item: ChangeItem = { description: 'Plan', quantity: 1, unit_price, sold_with: 'pdt_1', tax_inclusive, tax }
  return { frequency: { count: 30, interval: 'Day' as const }, items: [item], discounts }
}
type Plan = ReturnType<typeof plan>
const worthOf = (of: Plan) => valuesOf(of.items, wholePrice(of, WHOLE))

function decide(from: Plan, to: Plan, rest: Partial<PlanChange> = {}) {
  const period = { start: at('2026-01-01T00:00:00Z'), end: at('2026-01-31T00:00:00Z') }
  const values = worthOf(from)
  const now = at('2026-01-16T00:00:00Z')
  const mode = 'prorated_immediately' as const
  return decidePlanChange({
    now,
    mode,
    state: 'paid',
    period,
    whole: period,
    values,
    from,
    to,
    expires_at: null,
    ...rest,
  })
}
const lines = (decided: ReturnType<typeof decide>) => decided.lines.map(({ amount, tax }) => [amount, tax])

describe('19 % exclusive', () => {
  const [basic, pro] = [plan(3000, { rate: 19 }), plan(8000, { rate: 19 })]
  test('prorated: 40.00 + 7.60 less 15.00 + 2.85 is 25.00 + 4.75; the period is worth 95.20', () => {
    const decided = decide(basic, pro)
    expect(lines(decided)).toEqual([
      [-1500, -285],
      [4000, 760],
    ])
    expect(decided.totals).toEqual({ subtotal: 2500, tax: 475, tax_added: 475, total: 2975 })
    expect(decided.values).toMatchObject([{ gross: 9520, tax: 1520, tax_rate: 19 }])
  })
  test('difference: 50.00 + 9.50; down again in days: a credit of 29.75, tax included', () => {
    expect(decide(basic, pro, { mode: 'difference_immediately' }).charge).toBe(5950)
    expect(decide(pro, basic).credit).toBe(2975)
  })
  test('what was charged without tax is given back without tax, whatever holds now', () => {
    expect(lines(decide(plan(3000), pro))[0]).toEqual([-1500, 0])
  })
  test('each at its own rate: a credit at 19 %, a charge at 21 %', () => {
    expect(decide(basic, plan(8000, { rate: 21 })).totals).toEqual({
      subtotal: 2500,
      tax: 840 - 285,
      tax_added: 555,
      total: 3055,
    })
  })
})

test('19 % inclusive: 40.00 with 6.39 in it less 15.00 with 2.39 in it: 25.00, the prices shown do not change', () => {
  const inclusive = { rate: 19, tax_inclusive: true }
  const decided = decide(plan(3000, inclusive), plan(8000, inclusive))
  expect(lines(decided)).toEqual([
    [-1500, -239],
    [4000, 639],
  ])
  expect(decided.totals).toEqual({ subtotal: 2500, tax: 400, tax_added: 0, total: 2500 })
})

test('a discount of 50 % that stays: 20.00 less half of 15.00 is 12.50; the period is worth 40.00', () => {
  const decided = decide(plan(3000, { discounts: [half] }), plan(8000, { discounts: [half] }))
  expect([decided.charge, decided.discounts, decided.cycles]).toEqual([1250, [2000], 'none'])
  expect(decided.values).toMatchObject([{ gross: 4000 }])
})

test('a flat discount of 10.00 with r = 1/2 takes 5.00: 40.00 − 5.00 − 15.00 = 20.00', () => {
  const decided = decide(plan(3000), plan(8000, { discounts: [tenOff] }))
  expect([decided.charge, decided.discounts]).toEqual([2000, [500]])
  expect(lines(decided).at(-1)).toEqual([3500, 0])
})

test('difference with a new discount pays a whole period with it, full one with every discount', () => {
  const to = plan(8000, { discounts: [half] })
  expect(decide(plan(3000), to, { mode: 'difference_immediately' })).toMatchObject({ charge: 1000, cycles: 'new' })
  expect(decide(plan(3000), to, { mode: 'full_immediately' })).toMatchObject({ charge: 4000, cycles: 'all' })
})

describe('whatever the prices, the tax and the discounts', () => {
  const terms = fc.record({
    rate: fc.constantFrom(5.5, 7, 8.875, 19),
    tax_inclusive: fc.boolean(),
    discounts: fc.subarray([half, tenOff]),
  })
  const prices = fc.integer({ min: 0, max: 1_000_000 })
  const moments = fc
    .integer({ min: 1, max: 30 * 24 * 3600 - 1 })
    .map((seconds) => at('2026-01-01T00:00:00Z').add({ seconds }))

  test('there and back at one instant is worth nothing', () => {
    fc.assert(
      fc.property(prices, prices, terms, moments, (a, b, same, now) => {
        const [here, there] = [plan(a, same), plan(b, same)]
        const go = decide(here, there, { now })
        const back = decide(there, here, { now, values: go.values ?? [] })
        expect(go.totals.total + back.totals.total).toBe(0)
      }),
    )
  })
  test('no more is given back than was paid, and what is charged less that is the time used, within half a unit a line', () => {
    fc.assert(
      fc.property(prices, prices, terms, terms, moments, (a, b, one, other, now) => {
        const [here, there] = [plan(a, one), plan(b, other)]
        const decided = decide(here, there, { now })
        const [paid = 0, worth = 0] = [worthOf(here), worthOf(there)].map(([value]) => value?.gross)
        expect(decided.credit).toBeLessThanOrEqual(paid)
        const left = now.until(at('2026-01-31T00:00:00Z')).total('seconds') / (30 * 24 * 3600)
        expect(Math.abs(decided.totals.total - (worth - paid) * left)).toBeLessThanOrEqual(1)
      }),
    )
  })
})
