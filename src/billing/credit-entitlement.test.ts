import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addedByChange,
  becameLow,
  closeGrant,
  type HeldGrant,
  planDeduction,
  priceOf,
  repayOverage,
  roundDown,
} from './credit-entitlement.ts'
import { formatDecimal, ONE, parseDecimal } from './decimal.ts'

const units = (amount: number) => BigInt(amount) * ONE
const day = (date: string) => Temporal.Instant.from(`2026-${date}T00:00:00Z`)
const grant = (grant_id: string, remaining: number, expires: string | null = null, created = '01-01'): HeldGrant => ({
  grant_id,
  remaining: units(remaining),
  expires_at: expires === null ? null : day(expires),
  created_at: day(created),
})
const none = { used: 0n, enabled: false, limit: null }

describe('using credits', () => {
  const held = [grant('never', 20), grant('march', 5, '03-01'), grant('older', 7, '04-01', '01-01')]

  test('takes what expires first, then the oldest', () => {
    const newer = grant('newer', 7, '04-01', '01-02')
    const plan = planDeduction(units(30), [newer, ...held], none)
    const told = plan.type === 'draw' ? plan.draws.map((draw) => `${draw.grant_id} ${formatDecimal(draw.amount)}`) : []
    expect(told).toEqual(['march 5', 'older 7', 'newer 7', 'never 11'])
  })

  test('beyond them is overage, as far as that is allowed', () => {
    expect(planDeduction(units(33), held, none)).toEqual({ type: 'refused', reason: 'insufficient' })
    expect(planDeduction(units(33), held, { ...none, enabled: true })).toMatchObject({ overage: units(1) })
    const limited = { used: units(9), enabled: true, limit: units(10) }
    expect(planDeduction(units(33), held, limited)).toMatchObject({ overage: units(1) })
    expect(planDeduction(units(34), held, limited)).toEqual({ type: 'refused', reason: 'overage_limit' })
  })

  test('takes exactly what was asked for, from no grant more than it holds', () => {
    const some = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 6 })
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 400 }), fc.boolean(), (sizes, amount, enabled) => {
        const grants = sizes.map((size, index) => grant(`g${index}`, size, index % 2 === 0 ? '03-01' : null))
        const plan = planDeduction(units(amount), grants, { used: 0n, enabled, limit: null })
        const total = sizes.reduce((sum, size) => sum + size, 0)
        if (plan.type === 'refused') {
          expect(!enabled && amount > total).toBe(true)
          return
        }
        const drawn = plan.draws.reduce((sum, draw) => sum + draw.amount, 0n)
        expect(drawn + plan.overage).toBe(units(amount))
        expect(plan.overage === 0n || drawn === units(total)).toBe(true)
        for (const draw of plan.draws) {
          const held = grants.find(({ grant_id }) => grant_id === draw.grant_id)
          expect(draw.amount > 0n && draw.amount <= (held?.remaining ?? 0n)).toBe(true)
        }
      }),
    )
  })
})

describe('at the end of a cycle', () => {
  const half = { enabled: true, percentage: 50, max_count: 1 }

  test('a share of what is left goes on, once', () => {
    expect(closeGrant(units(41), half, 0, 0)).toEqual({ rolled: units(20), lost: units(21) })
    expect(closeGrant(units(41), half, 0, 1)).toMatchObject({ rolled: parseDecimal('20.5') })
    expect(closeGrant(units(41), half, 1, 0)).toEqual({ rolled: 0n, lost: units(41) })
    expect(closeGrant(units(41), { ...half, enabled: false }, 0, 0)).toMatchObject({ rolled: 0n })
    expect(closeGrant(units(41), { enabled: true, percentage: null, max_count: null }, 9, 0)).toMatchObject({
      lost: 0n,
    })
  })

  test('new credits repay it where the terms say so', () => {
    expect(repayOverage(units(100), units(30), 'carry_deficit_auto_repay')).toEqual({ granted: units(70), overage: 0n })
    expect(repayOverage(units(20), units(30), 'carry_deficit_auto_repay')).toEqual({ granted: 0n, overage: units(10) })
    expect(repayOverage(units(100), units(30), 'carry_deficit')).toEqual({ granted: units(100), overage: units(30) })
  })

  test('150 units at 0.25 are 37.5, so 38', () => {
    expect(priceOf(units(150), parseDecimal('0.25'))).toBe(38)
    expect(priceOf(parseDecimal('0.5'), units(3))).toBe(2)
  })
})

test('a change of plan adds what the cycle lacks, and there and back adds nothing more', () => {
  const halfLeft = { numerator: 15n, denominator: 30n }
  expect(addedByChange(units(100), units(300), halfLeft, 'prorate', 0)).toBe(units(100))
  expect(addedByChange(units(100), units(300), halfLeft, 'no_prorate', 0)).toBe(units(200))
  expect(addedByChange(units(300), units(100), halfLeft, 'no_prorate', 0)).toBe(0n)
})

test('a balance becomes low once', () => {
  expect(becameLow(units(25), units(20), units(20))).toBe(true)
  expect(becameLow(units(20), units(10), units(20))).toBe(false)
  expect(becameLow(units(25), units(21), units(20))).toBe(false)
})

test('rounds down to the places that are counted', () => {
  expect(formatDecimal(roundDown(parseDecimal('20.57'), 1))).toBe('20.5')
  expect(formatDecimal(roundDown(parseDecimal('20.57'), 0))).toBe('20')
})
