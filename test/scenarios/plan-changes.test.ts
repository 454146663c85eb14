// Basic 30.00, Pro 80.00, Starter 20.00, each for 30 days from 1 January; on 16 January 15 of the 30 days are left.
import { beforeEach, describe, expect, test } from 'vitest'
import { getSubscription, listPeriods } from '#core/subscriptions/queries.ts'
import { change, makePlans, type Plans, paid, subscribeTo } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf, stateOf } from '#test/support/story.ts'
import { brokenInvariants, timeline } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

let world: World
let plans: Plans

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  plans = await makePlans(world)
})

/** A subscription of 1 January, seen on 16 January. */
async function halfWay(product_id: string): Promise<string> {
  const subscription_id = await subscribeTo(world, product_id)
  await world.advanceTo('2026-01-16T00:00:00Z')
  return subscription_id
}

const balance = async (subscription_id: string) =>
  (await getSubscription(await world.fresh(), subscription_id)).credit_balance

const periods = async (subscription_id: string) =>
  (await listPeriods(await world.fresh(), subscription_id)).map(({ period_start, period_end }) =>
    [period_start, period_end].map((instant) => instant.toString().slice(5, 10)).join(' → '),
  )

describe('prorated_immediately', () => {
  test('Basic to Pro: 40.00 − 15.00 = 25.00 now, the date stays, then 80.00', async () => {
    const id = await halfWay(plans.basic)
    expect((await change(world, id, plans.pro)).status).toBe('applied')
    expect(await stateOf(world, id)).toBe('active until 2026-01-31')
    const lines = (await rowsOf(world, 'dues_lines')).filter(({ amount }) => amount !== 3000)
    expect(lines.map(({ description, unit_price, amount }) => [description, unit_price, amount])).toEqual([
      ['Pro', 8000, 4000],
      ['Basic', -3000, -1500],
    ])
    await world.advanceTo('2026-03-03T00:00:00Z')
    expect(await timeline(world, id)).toEqual([
      '2026-01-01 subscription.active',
      '2026-01-01 subscription.renewed',
      '2026-01-01 payment.succeeded 30.00',
      '2026-01-16 payment.succeeded 25.00',
      '2026-01-16 subscription.plan_changed',
      '2026-01-31 payment.succeeded 80.00',
      '2026-01-31 subscription.renewed',
      '2026-03-02 payment.succeeded 80.00',
      '2026-03-02 subscription.renewed',
    ])
    expect(await periods(id)).toEqual(['01-01 → 01-31', '01-31 → 03-02', '03-02 → 04-01'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('Pro to Starter: 30.00 of credit, which pays 31 January and half of 2 March', async () => {
    const id = await halfWay(plans.pro)
    expect((await change(world, id, plans.starter)).dues_id).toBeNull()
    expect(await balance(id)).toBe(3000)
    await world.advanceTo('2026-04-02T00:00:00Z')
    expect(await paid(world)).toEqual([
      '01-01 80.00',
      '01-31 0.00 + 20.00 credit',
      '03-02 10.00 + 10.00 credit',
      '04-01 20.00',
    ])
    expect((await rowsOf(world, 'payments')).map(({ processor }) => processor !== null)).toEqual([
      true,
      false,
      true,
      true,
    ])
    expect((await rowsOf(world, 'invoices')).length).toBe(4)
    expect(await balance(id)).toBe(0)
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('with three seats of 10.00: 55.00 − 15.00 = 40.00, then 110.00', async () => {
    const id = await halfWay(plans.basic)
    await change(world, id, plans.pro, { addons: [{ addon_id: plans.addon_id, quantity: 3 }] })
    await world.advanceTo('2026-02-01T00:00:00Z')
    expect(await paid(world)).toEqual(['01-01 30.00', '01-16 40.00', '01-31 110.00'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('there and back again at one instant nets 0, and what was given back pays the way back', async () => {
    const id = await halfWay(plans.pro)
    await change(world, id, plans.basic)
    expect(await balance(id)).toBe(2500)
    await change(world, id, plans.pro)
    expect(await paid(world)).toEqual(['01-01 80.00', '01-16 0.00 + 25.00 credit'])
    expect(await balance(id)).toBe(0)
    await world.advanceTo('2026-02-01T00:00:00Z')
    expect((await paid(world)).at(-1)).toBe('01-31 80.00')
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('a second change in a period credits what the first one paid for', async () => {
    const id = await halfWay(plans.basic)
    await change(world, id, plans.pro)
    await world.advanceTo('2026-01-26T00:00:00Z')
    // 5 of 30 days: 80.00 × 5/30 = 13.33, Starter 3.33.
    await change(world, id, plans.starter)
    expect(await balance(id)).toBe(1000)
    expect(await brokenInvariants(world)).toEqual([])
  })
})

describe('difference_immediately', () => {
  const difference = { proration_billing_mode: 'difference_immediately' } as const

  test('Basic to Pro: 50.00 whatever the day, the date stays, then 80.00', async () => {
    const id = await halfWay(plans.basic)
    await change(world, id, plans.pro, difference)
    await world.advanceTo('2026-02-01T00:00:00Z')
    expect(await paid(world)).toEqual(['01-01 30.00', '01-16 50.00', '01-31 80.00'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('Pro to Starter: 60.00 of credit, 30.00 of it a gift; three periods cost nothing, the fourth 20.00', async () => {
    const id = await halfWay(plans.pro)
    await change(world, id, plans.starter, difference)
    expect((await rowsOf(world, 'credit_entries')).map(({ amount, gift }) => [amount, gift])).toEqual([
      [3000, false],
      [3000, true],
    ])
    await world.advanceTo('2026-05-02T00:00:00Z')
    expect(await paid(world)).toEqual([
      '01-01 80.00',
      '01-31 0.00 + 20.00 credit',
      '03-02 0.00 + 20.00 credit',
      '04-01 0.00 + 20.00 credit',
      '05-01 20.00',
    ])
    expect(await brokenInvariants(world)).toEqual([])
  })
})

describe('the other modes', () => {
  test('full_immediately: 80.00 now, a new period from now, next on 15 February', async () => {
    const id = await halfWay(plans.basic)
    await change(world, id, plans.pro, { proration_billing_mode: 'full_immediately' })
    expect(await stateOf(world, id)).toBe('active until 2026-02-15')
    await world.advanceTo('2026-02-16T00:00:00Z')
    expect(await paid(world)).toEqual(['01-01 30.00', '01-16 80.00', '02-15 80.00'])
    expect(await periods(id)).toEqual(['01-01 → 01-16', '01-16 → 02-15', '02-15 → 03-17'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('do_not_bill: nothing now, the date stays, then 80.00; what the period is worth stays 30.00', async () => {
    const id = await halfWay(plans.basic)
    await change(world, id, plans.pro, { proration_billing_mode: 'do_not_bill' })
    expect((await rowsOf(world, 'period_values')).map(({ description, amount }) => [description, amount])).toEqual([
      ['Basic', 3000],
    ])
    await world.advanceTo('2026-02-01T00:00:00Z')
    expect(await paid(world)).toEqual(['01-01 30.00', '01-31 80.00'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('do_not_bill never gives back more than was paid', async () => {
    const id = await halfWay(plans.basic)
    await change(world, id, plans.pro, { proration_billing_mode: 'do_not_bill' })
    await change(world, id, plans.starter)
    // 30.00 × 15/30 − 20.00 × 15/30.
    expect(await balance(id)).toBe(500)
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('another rhythm: the time left is credited, a whole year charged, and the year begins now', async () => {
    const id = await halfWay(plans.basic)
    await change(world, id, plans.yearly)
    expect(await paid(world)).toEqual(['01-01 30.00', '01-16 785.00'])
    expect(await stateOf(world, id)).toBe('active until 2027-01-16')
    await world.advanceTo('2027-01-17T00:00:00Z')
    expect((await paid(world)).at(-1)).toBe('01-16 800.00')
    expect(await brokenInvariants(world)).toEqual([])
  })
})

describe('in a free trial', () => {
  test('a change that charges ends it: one whole period from now', async () => {
    const id = await subscribeTo(world, plans.basic, {}, 14)
    await world.advanceTo('2026-01-06T00:00:00Z')
    await change(world, id, plans.pro)
    expect(await paid(world)).toEqual(['01-06 80.00'])
    expect(await stateOf(world, id)).toBe('active until 2026-02-05')
    expect(await periods(id)).toEqual(['01-01 → 01-06', '01-06 → 02-05'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('do_not_bill keeps its date, charges nothing, and it is no trial any more', async () => {
    const id = await subscribeTo(world, plans.basic, {}, 14)
    await world.advanceTo('2026-01-06T00:00:00Z')
    await change(world, id, plans.pro, { proration_billing_mode: 'do_not_bill' })
    expect(await stateOf(world, id)).toBe('active until 2026-01-15')
    expect((await getSubscription(await world.fresh(), id)).trial_period_days).toBe(0)
    await world.advanceTo('2026-02-15T00:00:00Z')
    expect(await paid(world)).toEqual(['01-15 80.00', '02-14 80.00'])
    expect(await brokenInvariants(world)).toEqual([])
  })
})
