// Changes whose money does not come, comes late, or is asked for by many at once.
import { beforeEach, describe, expect, test } from 'vitest'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import { updateSubscription } from '#core/subscriptions/update-subscription.ts'
import type { PaymentOutcome } from '#processors/processor.ts'
import { cards } from '#test/support/buy.ts'
import { change, makePlans, type Plans, paid, subscribeTo } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { capturesOf, rowsOf, skipTo, stateOf, workWith } from '#test/support/story.ts'
import { brokenInvariants, timeline } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

let world: World
let plans: Plans

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  plans = await makePlans(world, { license_key_enabled: true })
})

async function halfWay(product_id: string, card: string = cards.good): Promise<string> {
  const subscription_id = await subscribeTo(world, product_id, { card })
  await world.advanceTo('2026-01-16T00:00:00Z')
  return subscription_id
}

const planOf = async (id: string) => (await getSubscription(await world.fresh(), id)).product_name
const statuses = async () => (await rowsOf(world, 'plan_changes')).map(({ status }) => status)
const worth = async () => (await rowsOf(world, 'period_values')).map(({ amount }) => amount)
const keys = async () =>
  (await rowsOf(world, 'license_keys')).map(({ status, product_id }) => `${nameOf(product_id)} ${status}`).sort()
const nameOf = (product_id: string) => Object.entries(plans).find(([, id]) => id === product_id)?.[0]
const no: PaymentOutcome = { status: 'declined', reference: null, code: 'INSUFFICIENT_FUNDS', message: null }

describe('declined', () => {
  test('prevent_change: nothing is changed, nothing is owed, and it renews as before', async () => {
    const id = await halfWay(plans.basic, cards.failsLater)
    expect((await change(world, id, plans.pro)).status).toBe('failed')
    expect([await planOf(id), await stateOf(world, id), await worth()]).toEqual([
      'Basic',
      'active until 2026-01-31',
      [3000],
    ])
    expect(await keys()).toEqual(['basic active'])
    expect((await rowsOf(world, 'dues')).map(({ status }) => status)).toEqual(['paid', 'void'])
    expect((await timeline(world, id)).slice(-1)).toEqual(['2026-01-16 payment.failed 25.00 GENERIC_DECLINE'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('apply_change: the plan changes, the subscription is on hold for exactly that charge', async () => {
    const id = await halfWay(plans.basic, cards.failsLater)
    expect((await change(world, id, plans.pro, { on_payment_failure: 'apply_change' })).status).toBe('applied')
    expect([await planOf(id), await stateOf(world, id), await worth()]).toEqual([
      'Pro',
      'on_hold until 2026-01-31',
      [3000],
    ])
    expect(await keys()).toEqual(['basic disabled', 'pro disabled'])
    const open = (await rowsOf(world, 'dues')).filter(({ status }) => status === 'open')
    expect(open.map(({ kind, total }) => [kind, total])).toEqual([['plan_change', 2500]])
    await world.advanceTo('2026-06-01T00:00:00Z')
    expect((await timeline(world, id)).slice(-3)).toEqual([
      '2026-01-16 subscription.plan_changed',
      '2026-01-16 payment.failed 25.00 GENERIC_DECLINE',
      '2026-01-16 subscription.on_hold',
    ])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('the credit that was reserved is released, and pays the next renewal', async () => {
    const id = await halfWay(plans.pro, cards.failsLater)
    await change(world, id, plans.starter)
    await world.advanceTo('2026-01-21T00:00:00Z')
    // Pro with nine seats for 10 of 30 days is 56.67, less 6.67 of Starter: 50.00, of which the credit would pay 30.00.
    const addons = [{ addon_id: plans.addon_id, quantity: 9 }]
    expect((await change(world, id, plans.pro, { addons })).status).toBe('failed')
    expect(await paid(world)).toEqual(['01-01 80.00', '01-21 20.00 failed'])
    expect((await getSubscription(await world.fresh(), id)).credit_balance).toBe(3000)
    expect((await rowsOf(world, 'credit_entries')).map(({ amount }) => amount)).toEqual([3000, -3000, 3000])
    await world.advanceTo('2026-02-01T00:00:00Z')
    expect((await paid(world)).at(-1)).toBe('01-31 0.00 + 20.00 credit')
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('and yet the money came: a change that was prevented is refunded, one that was made is paid for', async () => {
    for (const [policy, ends] of [
      ['prevent_change', ['Basic', 'active until 2026-01-31', [3000]]],
      ['apply_change', ['Pro', 'active until 2026-01-31', [8000]]],
    ] as const) {
      world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
      plans = await makePlans(world)
      const id = await halfWay(plans.basic, cards.timesOut)
      await change(world, id, plans.pro, { on_payment_failure: policy })
      world.advanceWall({ minutes: 2 })
      await workWith(world, () => ({ retrievePayment: () => Promise.resolve(no) }))
      expect((await stateOf(world, id)).split(' ')[0]).toBe(policy === 'apply_change' ? 'on_hold' : 'active')
      await world.modes.test.sandbox?.deliverPending()
      await world.work()
      expect([await planOf(id), await stateOf(world, id), await worth()]).toEqual(ends)
      const refunded = policy === 'prevent_change' ? [0, 2500] : [0, 0]
      expect((await capturesOf(world)).map(({ refunded_amount }) => refunded_amount)).toEqual(refunded)
      expect(await brokenInvariants(world)).toEqual([])
    }
  })
})

describe('nobody knows', () => {
  test('the plan stays, credit stays reserved, and nothing else may be asked of it until it is decided', async () => {
    const id = await halfWay(plans.pro, cards.timesOut)
    await change(world, id, plans.starter)
    const addons = [{ addon_id: plans.addon_id, quantity: 9 }]
    expect((await change(world, id, plans.pro, { addons })).status).toBe('pending')
    expect((await getSubscription(await world.fresh(), id)).credit_balance).toBe(0)
    await expect(change(world, id, plans.basic)).rejects.toMatchObject({ code: 'PENDING_PLAN_CHANGE_EXISTS' })
    const next_billing_date = Temporal.Instant.from('2026-02-05T00:00:00Z')
    await expect(updateSubscription(await world.fresh(), id, { next_billing_date })).rejects.toMatchObject({
      code: 'PREVIOUS_PAYMENT_PENDING',
    })
    world.advanceWall({ minutes: 2 })
    await world.work()
    expect([await planOf(id), await worth()]).toEqual(['Pro', [8000, 9000]])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('a change that was made at once says PREVIOUS_PAYMENT_PENDING to the next one', async () => {
    const id = await halfWay(plans.basic, cards.timesOut)
    await change(world, id, plans.pro, { on_payment_failure: 'apply_change' })
    await expect(change(world, id, plans.basic)).rejects.toMatchObject({ code: 'PREVIOUS_PAYMENT_PENDING' })
  })

  test.each(['now', 'at_next_billing_date'] as const)(
    'cancelled %s: the pending change is over, and the money goes back',
    async (timing) => {
      const id = await halfWay(plans.basic, cards.timesOut)
      await change(world, id, plans.pro)
      await cancelSubscription(await world.fresh(), id, { timing })
      expect(await statuses()).toEqual(['cancelled'])
      world.advanceWall({ minutes: 2 })
      await world.work()
      expect((await capturesOf(world)).map(({ refunded_amount }) => refunded_amount)).toEqual([0, 2500])
      expect(await planOf(id)).toBe('Basic')
      expect(await brokenInvariants(world)).toEqual([])
    },
  )
})

test('nobody says within 24 hours: the change dies, and the money that comes after all goes back', async () => {
  const id = await halfWay(plans.basic, cards.timesOut)
  expect((await change(world, id, plans.pro)).status).toBe('pending')
  await skipTo(world, '2026-01-16T23:50:00Z')
  await world.work()
  expect(await statuses()).toEqual(['pending'])
  await world.advanceTo('2026-01-17T00:05:00Z')
  expect([await statuses(), await planOf(id), await worth()]).toEqual([['cancelled'], 'Basic', [3000]])
  expect((await rowsOf(world, 'dues')).map(({ status }) => status)).toEqual(['paid', 'void'])
  await world.work()
  expect((await capturesOf(world)).map(({ refunded_amount }) => refunded_amount)).toEqual([0, 2500])
  await world.advanceTo('2026-02-01T00:00:00Z')
  expect(await stateOf(world, id)).toBe('active until 2026-03-02')
  expect(await brokenInvariants(world)).toEqual([])
})

test('made an hour before the billing date, it dies then', async () => {
  const id = await subscribeTo(world, plans.basic, { card: cards.timesOut })
  await world.advanceTo('2026-01-30T23:00:00Z')
  const { expires_at } = await change(world, id, plans.pro, { proration_billing_mode: 'difference_immediately' })
  expect(expires_at).toEqual((await getSubscription(await world.fresh(), id)).next_billing_date)
})

test('two hundred at once: one change, one charge', async () => {
  const id = await halfWay(plans.basic)
  const asked = await Promise.allSettled(Array.from({ length: 200 }, () => change(world, id, plans.pro)))
  expect(asked.filter(({ status }) => status === 'fulfilled').length).toBe(1)
  const codes = asked.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : []))
  for (const code of codes) {
    expect([
      'CONFLICT',
      'PENDING_PLAN_CHANGE_EXISTS',
      'PREVIOUS_PAYMENT_PENDING',
      'INVALID_REQUEST_PARAMETERS',
    ]).toContain(code)
  }
  expect(await paid(world)).toEqual(['01-01 30.00', '01-16 25.00'])
  expect((await capturesOf(world)).map(({ amount }) => amount)).toEqual([3000, 2500])
  expect(await statuses()).toEqual(['applied'])
  expect(await brokenInvariants(world)).toEqual([])
})

test('fifty to a cheaper plan: one credit', async () => {
  const id = await halfWay(plans.pro)
  const asked = await Promise.allSettled(Array.from({ length: 50 }, () => change(world, id, plans.starter)))
  expect(asked.filter(({ status }) => status === 'fulfilled').length).toBe(1)
  expect((await rowsOf(world, 'credit_entries')).map(({ amount }) => amount)).toEqual([3000])
})

describe('license keys', () => {
  test('another product brings its own; the old ones stay disabled, also after a hold', async () => {
    const id = await halfWay(plans.basic)
    await change(world, id, plans.pro)
    expect(await keys()).toEqual(['basic disabled', 'pro active'])
    await change(world, id, plans.basic)
    expect(await keys()).toEqual(['basic active', 'basic disabled', 'pro disabled'])
  })

  test('the same product with more or fewer units adds keys or takes the newest', async () => {
    const id = await halfWay(plans.basic)
    const [first] = await rowsOf(world, 'license_keys')
    await change(world, id, plans.basic, { quantity: 3 })
    expect(await keys()).toEqual(['basic active', 'basic active', 'basic active'])
    await change(world, id, plans.basic, { quantity: 1 })
    const live = (await rowsOf(world, 'license_keys')).filter(({ status }) => status === 'active')
    expect(live.map(({ key }) => key)).toEqual([first?.key])
    expect(await brokenInvariants(world)).toEqual([])
  })
})
