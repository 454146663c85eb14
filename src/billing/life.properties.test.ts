// Random lives of a subscription, without a database: every rule is asked as core asks it, and the whole life is held against fractions
// that are never rounded. Core adds rows and locks to this, never an amount or a date.
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import type { DiscountTerms } from './discount.ts'
import { Life } from './life.testing.ts'
import { type Deed, modes, type StartOfLife } from './life-facts.testing.ts'
import type { Frequency } from './period.ts'
import { decidePlanChange, type PlanChange } from './plan-change.ts'

const full = process.env.PORTICO_TEST_FULL === '1'
const runs = { numRuns: full ? 10_000 : 300 }
vi.setConfig({ testTimeout: full ? 900_000 : 60_000 })

const moments = fc.integer({ min: 0, max: 999 })
const plan = fc.nat(4)
const anyMode = fc.constantFrom(...modes)
const change = (mode: fc.Arbitrary<PlanChange['mode']>) =>
  fc.record({ type: fc.constant('change' as const), after: moments, plan, mode })
const rest = fc.record({
  type: fc.constant('rest' as const),
  kind: fc.constantFrom('held', 'paused'),
  after: moments,
  hours: fc.integer({ min: 1, max: 60 * 24 }),
})
const hours = fc.integer({ min: -900, max: 2000 })
const move = fc.record({ type: fc.constant('move' as const), after: moments, hours })
const share = fc.integer({ min: 1, max: 100 })
const refund = fc.record({ type: fc.constant('refund' as const), payment: fc.nat(20), share })
const renew = fc.constant({ type: 'renew' as const })
const end = fc.record({ type: fc.constantFrom('cancel_now', 'cancel_later'), after: moments })
const deeds: fc.Arbitrary<Deed[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: change(anyMode) },
    { weight: 2, arbitrary: rest },
    { weight: 1, arbitrary: move },
    { weight: 2, arbitrary: refund },
    { weight: 3, arbitrary: renew },
  ),
  { maxLength: 25 },
)

const prices = fc.oneof(fc.integer({ min: 0, max: 1_000_000 }), fc.constantFrom(0, 1, 99, 333, 3000, 8000))
const item = fc.record({ unit_price: prices, quantity: fc.integer({ min: 1, max: 7 }) })
const rhythm = fc.constantFrom<Frequency>(
  { count: 30, interval: 'Day' },
  { count: 1, interval: 'Month' },
  { count: 1, interval: 'Year' },
)
const offered = fc.record({
  items: fc.array(item, { minLength: 1, maxLength: 3 }),
  frequency: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: rhythm }),
})
const discount: fc.Arbitrary<DiscountTerms> = fc.oneof(
  fc.record({
    type: fc.constant('percentage' as const),
    basis_points: fc.integer({ min: 1, max: 10_000 }),
    max_amount: fc.option(fc.integer({ min: 1, max: 20_000 })),
    product_ids: fc.constant([]),
  }),
  fc.record({
    type: fc.constant('flat' as const),
    amount: fc.integer({ min: 1, max: 20_000 }),
    product_ids: fc.constant([]),
  }),
)
const rates = fc.integer({ min: 0, max: 300_000 }).map((units) => ({ rate: units / 10_000, name: 'VAT' }))
const start: fc.Arbitrary<StartOfLife> = fc.record({
  minute: fc.nat(4 * 366 * 24 * 60),
  frequency: rhythm,
  term_days: fc.integer({ min: 20, max: 900 }),
  plans: fc.array(offered, { minLength: 5, maxLength: 5 }),
  discounts: fc.array(discount, { maxLength: 3 }),
  tax: fc.option(rates),
  tax_inclusive: fc.boolean(),
})

function play(from: StartOfLife, all: readonly Deed[]) {
  const life = new Life(from)
  for (const deed of all) life.do(deed)
  return life
}

describe('whatever is done to a subscription', () => {
  test('periods and gaps tile from its start to its last date', () => {
    fc.assert(
      fc.property(start, deeds, (from, all) => {
        const life = play(from, all)
        const { pieces } = life
        for (const [at, piece] of pieces.entries()) {
          expect(Temporal.Instant.compare(piece.start, piece.end)).toBe(-1)
          expect(pieces[at + 1]?.start ?? life.dates.next_billing_date).toEqual(piece.end)
        }
      }),
      runs,
    )
  })

  test('no more is given back than was paid: of the time credited, and of everything', () => {
    fc.assert(
      fc.property(start, deeds, (from, all) => {
        const life = play(from, all)
        for (const { credited, worth, lines } of life.credits) {
          expect(2n * (BigInt(credited) * worth.denominator - worth.numerator)).toBeLessThanOrEqual(
            BigInt(lines) * worth.denominator,
          )
        }
        expect(2 * (life.refunded + life.credited)).toBeLessThanOrEqual(2 * life.charged + life.rounded)
      }),
      runs,
    )
  })

  // Starter 20.00, Pro 80.00, a tenth of the period left: up costs 6.00. Down by difference grants 60.00, of which as many were paid.
  test('up in days and down by difference, again and again, earns nothing', () => {
    const only = (unit_price: number) => ({ items: [{ unit_price, quantity: 1 }], frequency: null })
    const life = new Life({
      minute: 0,
      frequency: { count: 30, interval: 'Day' },
      term_days: 3650,
      plans: [only(2000), only(8000)],
      discounts: [],
      tax: null,
      tax_inclusive: false,
    })
    for (let n = 0; n < 20; n += 1) {
      life.do({ type: 'change', after: n === 0 ? 900 : 0, plan: 1, mode: 'prorated_immediately' })
      life.do({ type: 'change', after: 0, plan: 0, mode: 'difference_immediately' })
    }
    expect([life.charged, life.credited]).toEqual([2000 + 20 * 600, 20 * 600])
  })

  test('a period that the term cuts short costs its share in every plan, also where it rested', () => {
    fc.assert(
      fc.property(start, deeds, (from, all) => {
        for (const { value, most } of play(from, all).worths) expect(value).toBeLessThanOrEqual(most)
      }),
      runs,
    )
  })

  test('nothing recurring is charged after its end', () => {
    fc.assert(
      fc.property(start, deeds, fc.option(end), (from, all, ending) => {
        const life = play(from, all)
        if (ending !== null) life.do(ending)
        for (let n = 0; n < 40; n += 1) life.do({ type: 'renew' })
        const last = life.ended_at
        if (ending !== null) expect(last).not.toBeNull()
        if (last === null) return
        for (const { at, until } of life.charges) {
          expect(Temporal.Instant.compare(at, last)).toBeLessThanOrEqual(0)
          expect(Temporal.Instant.compare(until, life.dates.expires_at ?? until)).toBeLessThanOrEqual(0)
        }
        const charges = life.charges.length
        for (const deed of all) life.do(deed)
        expect(life.charges).toHaveLength(charges)
      }),
      runs,
    )
  })
})

describe('prorated_immediately with discounts and tax that stay', () => {
  const prorated = fc.array(change(fc.constant('prorated_immediately' as const)), { minLength: 1, maxLength: 12 })

  test('what was charged less what was credited is the value of the time used, within half a unit a line', () => {
    fc.assert(
      fc.property(start, prorated, (from, all) => {
        const life = play(from, all)
        let [n, d] = [BigInt(life.credited - life.charged), 1n]
        for (const { value, since, until } of life.used) {
          const time = since.numerator * until.denominator - until.numerator * since.denominator
          const length = since.denominator * until.denominator
          ;[n, d] = [n * length + BigInt(value) * time * d, d * length]
        }
        expect(2n * (n < 0n ? -n : n)).toBeLessThanOrEqual(BigInt(life.rounded) * d)
      }),
      runs,
    )
  })

  test('around and back to the first plan at one instant is nothing', () => {
    const sameRhythm = start.map((from) => ({
      ...from,
      plans: from.plans.map((plan) => ({ ...plan, frequency: null })),
    }))
    fc.assert(
      fc.property(sameRhythm, moments, fc.array(plan, { minLength: 1, maxLength: 6 }), (from, after, others) => {
        const life = new Life(from)
        const before = life.charged
        for (const [at, to] of [...others, 0].entries()) {
          life.do({ type: 'change', after: at === 0 ? after : 0, plan: to, mode: 'prorated_immediately' })
        }
        expect(life.charged - before - life.credited).toBe(0)
      }),
      runs,
    )
  })
})

test('the preview is the charge: the same facts give the same decision, and are left as they were', () => {
  fc.assert(
    fc.property(start, deeds, plan, anyMode, (from, all, to, mode) => {
      const asked = play(from, all).changeTo(to, mode)
      if (asked === undefined) return
      const before = JSON.stringify(asked)
      const preview = decidePlanChange(asked)
      const exact = (_: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)
      expect(JSON.stringify(decidePlanChange(asked), exact)).toBe(JSON.stringify(preview, exact))
      expect(JSON.stringify(asked)).toBe(before)
      expect(preview.charge - preview.credit).toBe(preview.totals.total)
    }),
    runs,
  )
})
