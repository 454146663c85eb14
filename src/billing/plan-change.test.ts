import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ChangeItem } from './change-lines.ts'
import type { DiscountTerms } from './discount.ts'
import { decidePlanChange, directionOf, isSamePlan, type PlanChange, portalMode } from './plan-change.ts'

const at = (text: string) => Temporal.Instant.from(text)
const thirtyDays = { count: 30, interval: 'Day' } as const
const untaxed = { tax_inclusive: false, tax: null }
const item = (description: string, unit_price: number, quantity = 1): ChangeItem => ({
  description,
  quantity,
  unit_price,
  sold_with: 'pdt_1',
  ...untaxed,
})
const plan = (...items: ChangeItem[]) => ({ frequency: thirtyDays, items, discounts: [] as DiscountTerms[] })
const basic = plan(item('Basic', 3000))
const pro = plan(item('Pro', 8000))
const starter = plan(item('Starter', 2000))
const worth = (description: string, gross: number, quantity = 1) => {
  return { description, quantity, gross, tax: 0, tax_rate: null, tax_name: null, tax_inclusive: false }
}
const worthOf = ({ items }: ReturnType<typeof plan>) =>
  items.map(({ description, quantity, unit_price }) => worth(description, quantity * unit_price, quantity))

/** On 16 January, 15 of the 30 days from 1 January are left. */
function change(from: ReturnType<typeof plan>, to: PlanChange['to'], rest: Partial<PlanChange> = {}): PlanChange {
  const period = { start: at('2026-01-01T00:00:00Z'), end: at('2026-01-31T00:00:00Z') }
  return {
    now: at('2026-01-16T00:00:00Z'),
    mode: 'prorated_immediately',
    state: 'paid',
    period,
    whole: rest.period ?? period,
    values: worthOf(from),
    from,
    to,
    expires_at: null,
    ...rest,
  }
}

describe('prorated_immediately', () => {
  test('30.00 to 80.00: 40.00 − 15.00 = 25.00, the date stays, the period is worth 80.00', () => {
    const decided = decidePlanChange(change(basic, pro))
    expect(decided.lines.map(({ amount }) => amount)).toEqual([-1500, 4000])
    expect([decided.charge, decided.credit, decided.date.type]).toEqual([2500, 0, 'kept'])
    expect(decided.values).toEqual(worthOf(pro))
  })
  test('80.00 to 20.00: 10.00 − 40.00, a credit of 30.00 and no gift', () => {
    const decided = decidePlanChange(change(pro, starter))
    expect([decided.charge, decided.credit, decided.gift, decided.direction]).toEqual([0, 3000, 0, 'downgrade'])
  })
  test('with 3 add-ons of 10.00: 55.00 − 15.00 = 40.00', () => {
    expect(decidePlanChange(change(basic, plan(item('Pro', 8000), item('Seat', 1000, 3)))).charge).toBe(4000)
  })
})

describe('difference_immediately', () => {
  test('whatever the day: 50.00', () => {
    expect(decidePlanChange(change(basic, pro, { mode: 'difference_immediately' }))).toMatchObject({
      charge: 5000,
      date: { type: 'kept' },
    })
  })
  test('80.00 to 20.00 grants 60.00; 40.00 were paid for the time left, of which Starter keeps 10.00: 30.00 are a gift', () => {
    const decided = decidePlanChange(change(pro, starter, { mode: 'difference_immediately' }))
    expect([decided.credit, decided.gift]).toEqual([6000, 3000])
  })
})

// The term ends on 21 January: 20 of 30 days of Basic were charged, 20.00, and 10 days of Pro are two thirds of half of 80.00.
test('in a period cut by the end of the term, both plans cost their share of it', () => {
  const cut = { start: at('2026-01-01T00:00:00Z'), end: at('2026-01-21T00:00:00Z') }
  const whole = { start: cut.start, end: at('2026-01-31T00:00:00Z') }
  const values = [worth('Basic', 2000)]
  const now = at('2026-01-11T00:00:00Z')
  const decided = decidePlanChange(change(basic, pro, { period: cut, whole, values, now, expires_at: cut.end }))
  expect(decided.lines.map(({ amount }) => amount)).toEqual([-1000, 2667])
  expect([decided.charge, decided.values]).toEqual([1667, [worth('Pro', 5333)]])
})

test('quantity, price and share of every line give its amount, in credits too', () => {
  const decided = decidePlanChange(change(plan(item('Seat', 1000, 3)), pro))
  expect(decided.lines.map(({ quantity, unit_price, amount }) => [quantity, unit_price, amount])).toEqual([
    [3, -1000, -1500],
    [1, 8000, 4000],
  ])
})

test('full_immediately: one whole period from now, nothing given back', () => {
  const decided = decidePlanChange(change(basic, pro, { mode: 'full_immediately' }))
  expect([decided.charge, decided.date.type, decided.date.period.end.toString().slice(0, 10)]).toEqual([
    8000,
    'restart',
    '2026-02-15',
  ])
})

test('do_not_bill: nothing now, and the period keeps its worth', () => {
  const decided = decidePlanChange(change(basic, pro, { mode: 'do_not_bill' }))
  expect([decided.charge, decided.credit, decided.values, decided.lines]).toEqual([0, 0, null, []])
})

describe('another rhythm', () => {
  const yearly = { ...plan(item('Pro, yearly', 80_000)), frequency: { count: 1, interval: 'Year' } as const }
  test.each(['prorated_immediately', 'difference_immediately'] as const)(
    '%s: credit of the time left, one whole period',
    (mode) => {
      const decided = decidePlanChange(change(basic, yearly, { mode }))
      expect([decided.charge, decided.date.type, decided.direction]).toEqual([78_500, 'restart', 'upgrade'])
    },
  )
  test('a period made longer than its rhythm by a moved date counts as another rhythm', () => {
    const long = { start: at('2026-01-01T00:00:00Z'), end: at('2026-03-01T00:00:00Z') }
    expect(decidePlanChange(change(basic, pro, { period: long })).date.type).toBe('restart')
  })
  // Anchor 31 January: a month after 28 February is 28 March, and after 30 January 28 February, but neither is too long.
  test.each([
    ['2026-02-28T00:00:00Z', '2026-03-31T00:00:00Z', '2026-02-28T06:00:00Z'],
    ['2026-01-29T09:00:00Z', '2026-02-28T09:00:00Z', '2026-01-31T00:00:00Z'],
  ])('a month from %s to %s is no longer than its rhythm at %s', (start, end, now) => {
    const monthly = { count: 1, interval: 'Month' } as const
    const period = { start: at(start), end: at(end) }
    const from = { ...basic, frequency: monthly }
    const to = { ...pro, frequency: monthly }
    const decided = decidePlanChange(change(basic, to, { period, from, now: at(now) }))
    expect(decided.date.type).toBe('kept')
  })
  test('a whole period is cut, and cheaper, where the term ends inside it', () => {
    const decided = decidePlanChange(
      change(basic, plan(item('Pro', 3000)), { mode: 'full_immediately', expires_at: at('2026-01-26T00:00:00Z') }),
    )
    expect([decided.charge, decided.date.period.end.toString().slice(0, 10)]).toEqual([1000, '2026-01-26'])
  })
})

describe('in a trial', () => {
  test('a free one ends: one whole period, nothing to give back', () => {
    const decided = decidePlanChange(change(basic, pro, { state: 'trial' }))
    expect([decided.charge, decided.lines.length, decided.date.type]).toEqual([8000, 1, 'restart'])
  })
  test('a paid one gives back the time left of what it cost', () => {
    const values = [worth('Trial', 500)]
    expect(decidePlanChange(change(basic, pro, { state: 'paid_trial', values })).charge).toBe(7750)
  })
})

describe('up or down', () => {
  const now = at('2026-01-16T00:00:00Z')
  test('by rhythm first, by price then, and an equal price counts as up', () => {
    const monthly = { ...plan(item('Big', 99_999)), frequency: { count: 1, interval: 'Month' } as const }
    const yearly = { ...plan(item('Small', 1)), frequency: { count: 1, interval: 'Year' } as const }
    expect(directionOf({ from: monthly, to: yearly, now })).toBe('upgrade')
    expect(directionOf({ from: yearly, to: monthly, now })).toBe('downgrade')
    expect(directionOf({ from: basic, to: plan(item('Other', 3000)), now })).toBe('upgrade')
  })
  test('the portal prorates what gets cheaper or changes its rhythm', () => {
    expect(portalMode('difference_immediately', { from: pro, to: starter, now, values: worthOf(pro) })).toBe(
      'prorated_immediately',
    )
    expect(portalMode('difference_immediately', { from: basic, to: pro, now, values: worthOf(basic) })).toBe(
      'difference_immediately',
    )
  })
})

test('the same product, quantity, discounts, and add-ons in any order, is no change', () => {
  const seats = [
    { addon_id: 'adn_1', quantity: 2 },
    { addon_id: 'adn_2', quantity: 1 },
  ]
  const here = { product_id: 'pdt_1', quantity: 1, addons: seats, discount_ids: ['dsc_1'] }
  expect(isSamePlan(here, { ...here, addons: [...seats].reverse() })).toBe(true)
  expect(isSamePlan(here, { ...here, quantity: 2 })).toBe(false)
  expect(isSamePlan(here, { ...here, addons: [] })).toBe(false)
  expect(isSamePlan(here, { ...here, discount_ids: [] })).toBe(false)
})

describe('whatever the prices and the moment', () => {
  const prices = fc.integer({ min: 0, max: 10_000_000 })
  const moments = fc
    .integer({ min: 1, max: 30 * 24 * 3600 - 1 })
    .map((seconds) => at('2026-01-01T00:00:00Z').add({ seconds }))

  test('there and back at one instant is worth nothing', () => {
    fc.assert(
      fc.property(prices, prices, moments, (a, b, now) => {
        const [here, there] = [plan(item('A', a)), plan(item('B', b))]
        const go = decidePlanChange(change(here, there, { now }))
        const back = decidePlanChange(change(there, here, { now, values: go.values ?? [] }))
        expect(go.charge - go.credit + back.charge - back.credit).toBe(0)
      }),
    )
  })
  test('nobody is credited more than was paid, without a gift being named', () => {
    const modes = fc.constantFrom('prorated_immediately', 'difference_immediately', 'full_immediately' as const)
    fc.assert(
      fc.property(prices, prices, moments, modes, (a, b, now, mode) => {
        const decided = decidePlanChange(
          change(plan(item('A', a)), plan(item('B', b)), { now, mode: mode as PlanChange['mode'] }),
        )
        expect(decided.credit - decided.gift).toBeLessThanOrEqual(a)
        expect(decided.charge === 0 || decided.credit === 0).toBe(true)
      }),
    )
  })
})
