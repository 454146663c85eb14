// Usage that is paid by credits: 10.00 every 30 days with 20 credits, ten calls for a credit, the first five free.
import { beforeEach, expect, test } from 'vitest'
import { createProduct } from '#core/catalog/create-product.ts'
import { adjustCredits } from '#core/credit-entitlements/adjust-credits.ts'
import { createCreditEntitlement } from '#core/credit-entitlements/create-credit-entitlement.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { deductUsage } from '#core/usage/deduct-usage.ts'
import type { PlanMeter } from '#db/json-types.ts'
import { plan } from '#test/support/buy.ts'
import { makeMeter, use } from '#test/support/metered.ts'
import { change, paid, subscribeTo } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()
let world: World
let calls: string
let credit_entitlement_id: string

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  calls = await makeMeter(world)
  await entitlement({ overage_enabled: false })
})

/** Whole credits; beyond them 2.5 minor units each, on the next invoice, where it is allowed. */
async function entitlement(overage: { overage_enabled: boolean; overage_limit?: number | null }) {
  const unlimited = { rollover_percentage: null, rollover_timeframe_count: null, rollover_timeframe_interval: null }
  const made = await createCreditEntitlement(await world.fresh(), {
    ...{ name: 'Credits', description: null, unit: 'credits', precision: 0, currency: 'USD', price_per_unit: '2.5' },
    ...{ expires_after_days: null, rollover_enabled: false, ...unlimited, max_rollover_count: null },
    ...{ overage_limit: null, overage_behavior: 'invoice_at_billing', ...overage },
  })
  credit_entitlement_id = made.credit_entitlement_id
}

async function product(meter: Partial<PlanMeter> = {}, credits_amount = '20', trial_credits: string | null = null) {
  const { price, ...fields } = plan({ payment_frequency_count: 30, payment_frequency_interval: 'Day', price: 1000 })
  if (price.type !== 'recurring_price') throw new Error('a plan recurs')
  const { trial_period_days: _, ...rhythm } = price
  const paidBy = { credit_entitlement_id, meter_units_per_credit: '10' }
  const meters = [{ meter_id: calls, price_per_unit: null, free_threshold: 5, ...paidBy, ...meter }]
  const made = await createProduct(await world.fresh(), {
    ...fields,
    price: { ...rhythm, type: 'usage_based_price', meters },
    credit_entitlements: [{ credit_entitlement_id, credits_amount, trial_credits }],
  })
  return made.product_id
}

const balance = async () => {
  const rows = await rowsOf(world, 'credit_balances')
  return rows.map((row) => `${row.balance} and ${row.overage} over`)
}
const charged = async () =>
  (await rowsOf(world, 'usage_charges')).map(({ units, credits, amount }) => [units, credits, amount])
const soundly = async () => expect(await brokenInvariants(world)).toEqual([])

async function report(count: number) {
  await use(world, count)
  await world.work()
}

test('the balance falls as calls come in, and the invoice asks for none of them', async () => {
  await subscribeTo(world, await product())
  await report(105)
  // 105 − 5 free = 100 → 10 credits
  expect(await balance()).toEqual(['10 and 0 over'])
  await report(59)
  // 159 ÷ 10 = 15.9: only what is used up whole
  expect(await balance()).toEqual(['5 and 0 over'])
  await world.work()
  expect(await balance()).toEqual(['5 and 0 over'])
  await world.advanceTo('2026-02-01T00:00:00Z')
  // At the end 15.9 are 16; then 20 new ones, and the 4 that were left are lost.
  expect(await charged()).toEqual([['164', '16', 0]])
  expect(await balance()).toEqual(['20 and 0 over'])
  expect(await paid(world)).toEqual(['01-01 10.00', '01-31 10.00'])
  await report(15)
  expect(await balance()).toEqual(['19 and 0 over'])
  await soundly()
})

test('beyond the credits it is overage where the terms allow it: 10 × 2.5 on the next invoice', async () => {
  await entitlement({ overage_enabled: true })
  await subscribeTo(world, await product())
  await report(305)
  expect(await balance()).toEqual(['0 and 10 over'])
  await world.advanceTo('2026-02-01T00:00:00Z')
  expect(await paid(world)).toEqual(['01-01 10.00', '01-31 10.25'])
  expect(await balance()).toEqual(['20 and 0 over'])
  await soundly()
})

test('up to its limit', async () => {
  await entitlement({ overage_enabled: true, overage_limit: 4 })
  await subscribeTo(world, await product())
  await report(305)
  expect(await balance()).toEqual(['0 and 4 over'])
  await soundly()
})

test('where nothing is left what is used is free, and credits that come in time pay for it', async () => {
  const id = await subscribeTo(world, await product())
  await report(305)
  expect(await balance()).toEqual(['0 and 0 over'])
  const { customer_id = '' } = (await rowsOf(world, 'customers'))[0] ?? {}
  const rest = { expires_at: null, reason: null, metadata: {}, idempotency_key: null } as const
  const gift = { credit_entitlement_id, customer_id, amount: '6', entry_type: 'credit', ...rest } as const
  await adjustCredits(await world.fresh(), gift)
  await deductUsage(await world.fresh(), id)
  expect(await balance()).toEqual(['0 and 0 over'])
  await world.advanceTo('2026-02-01T00:00:00Z')
  // 30 came to it, 26 were there.
  expect(await charged()).toEqual([['305', '26', 0]])
  expect(await paid(world)).toEqual(['01-01 10.00', '01-31 10.00'])
  await soundly()
})

test('a sum that may fall again is paid for when it is known', async () => {
  calls = await makeMeter(world, { aggregation_type: 'sum', aggregation_key: 'n' })
  await subscribeTo(world, await product())
  await use(world, 1, { metadata: { n: 125 } })
  await use(world, 1, { metadata: { n: -20 } })
  await world.work()
  expect(await balance()).toEqual(['20 and 0 over'])
  await world.advanceTo('2026-02-01T00:00:00Z')
  // 125 − 20 − 5 free = 100
  expect(await charged()).toEqual([['105', '10', 0]])
  await soundly()
})

test('a change of plan takes what came before it, at its own number of calls; the free ones are used up', async () => {
  const id = await subscribeTo(world, await product())
  const other = await product({ meter_units_per_credit: '2' })
  await report(55)
  expect(await balance()).toEqual(['15 and 0 over'])
  await world.advanceTo('2026-01-16T00:00:00Z')
  await change(world, id, other, { proration_billing_mode: 'do_not_bill' })
  await report(6)
  // 55 − 5 = 50 → 5 credits; then 6 ÷ 2 = 3
  expect(await balance()).toEqual(['12 and 0 over'])
  await world.advanceTo('2026-02-01T00:00:00Z')
  expect(await charged()).toEqual([
    ['55', '5', 0],
    ['6', '3', 0],
  ])
  await soundly()
})

test('a trial uses credits of its own, and nothing beyond them', async () => {
  await entitlement({ overage_enabled: true })
  await subscribeTo(world, await product({}, '20', '3'), {}, 10)
  await report(55)
  expect(await balance()).toEqual(['0 and 0 over'])
  await world.advanceTo('2026-01-12T00:00:00Z')
  expect(await charged()).toEqual([['55', '3', 0]])
  expect(await balance()).toEqual(['20 and 0 over'])
  expect(await paid(world)).toEqual(['01-11 10.00'])
  await soundly()
})

test('ended at once, what was not taken yet is taken first, overage is on the last invoice', async () => {
  await entitlement({ overage_enabled: true })
  const id = await subscribeTo(world, await product())
  await use(world, 505)
  await cancelSubscription(await world.fresh(), id, { timing: 'now' })
  await world.work()
  // 500 ÷ 10 = 50, of which 30 are overage: 75 minor units
  expect(await charged()).toEqual([['505', '50', 0]])
  expect(await paid(world)).toEqual(['01-01 10.00', '01-01 0.75'])
  expect(await balance()).toEqual(['0 and 0 over'])
  await soundly()
})

test('many who report and many who take at once take each call once', async () => {
  const id = await subscribeTo(world, await product())
  const ctx = await world.fresh()
  const both = Array.from({ length: 6 }, () => [use(world, 20), deductUsage(ctx, id)]).flat()
  await Promise.all(both)
  await world.work()
  // 120 − 5 = 115 → 11
  expect(await balance()).toEqual(['9 and 0 over'])
  await soundly()
})
