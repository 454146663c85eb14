// On hold, and out of it with another method: time on hold is not billed.
import { beforeEach, describe, expect, test } from 'vitest'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { getSubscription, listPeriods } from '#core/subscriptions/queries.ts'
import { updatePaymentMethod } from '#core/subscriptions/update-payment-method.ts'
import { buy, cards, plan } from '#test/support/buy.ts'
import { change, makePlans, type Plans, subscribeTo } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf, stateOf } from '#test/support/story.ts'
import { brokenInvariants, timeline } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

let world: World
let plans: Plans
/** A method of the same customer that pays; another that does not. */
let good: string
let bad: string

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  plans = await makePlans(world, { license_key_enabled: true })
})

/** Bought on 1 January with a card that pays once; the same customer has a good one too. */
async function heldSubscription(product_id: string): Promise<string> {
  const yearly = plan({ payment_frequency_interval: 'Year' }, { name: 'Something else' })
  const { customer_id } = await buy(world, yearly)
  const id = await subscribeTo(world, product_id, { card: cards.failsLater })
  const methods = (await rowsOf(world, 'payment_methods')).filter((method) => method.customer_id === customer_id)
  good = methods.find(({ card_last_four }) => card_last_four === '4242')?.payment_method_id ?? ''
  bad = methods.find(({ card_last_four }) => card_last_four === '0341')?.payment_method_id ?? ''
  return id
}

const pay = async (id: string, method = good) => updatePaymentMethod(await world.fresh(), id, method)
const periods = async (id: string) =>
  (await listPeriods(await world.fresh(), id)).map(({ kind, period_start, period_end }) =>
    [kind, ...[period_start, period_end].map((instant) => instant.toString().slice(5, 10))].join(' '),
  )
const keys = async (id: string) =>
  (await rowsOf(world, 'license_keys')).filter((key) => key.subscription_id === id).map(({ status }) => status)

describe('a renewal declined on 31 January and paid on 5 February', () => {
  let id: string

  beforeEach(async () => {
    id = await heldSubscription(plans.basic)
    await world.advanceTo('2026-02-05T00:00:00Z')
    expect(await stateOf(world, id)).toBe('on_hold until 2026-01-31')
  })

  test('is for the 30 days from then, to 7 March; all that follows, and the end of the term, move by 5 days', async () => {
    const { expires_at } = await getSubscription(await world.fresh(), id)
    expect((await pay(id))?.status).toBe('succeeded')
    expect(await stateOf(world, id)).toBe('active until 2026-03-07')
    const after = await getSubscription(await world.fresh(), id)
    expect(Math.round(expires_at?.until(after.expires_at ?? expires_at).total('days') ?? 0)).toBe(5)
    expect(after.payment_method_id).toBe(good)
    expect(await keys(id)).toEqual(['active'])
    await world.advanceTo('2026-04-07T00:00:00Z')
    expect((await timeline(world, id)).slice(3)).toEqual([
      '2026-01-31 payment.failed 30.00 GENERIC_DECLINE',
      '2026-01-31 subscription.on_hold',
      '2026-02-05 subscription.update_payment_method',
      '2026-02-05 payment.succeeded 30.00',
      '2026-02-05 subscription.active',
      '2026-02-05 subscription.renewed',
      '2026-03-07 payment.succeeded 30.00',
      '2026-03-07 subscription.renewed',
      '2026-04-06 payment.succeeded 30.00',
      '2026-04-06 subscription.renewed',
    ])
    expect(await periods(id)).toEqual([
      'paid 01-01 01-31',
      'held 01-31 02-05',
      'paid 02-05 03-07',
      'paid 03-07 04-06',
      'paid 04-06 05-06',
    ])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('declined once more it stays on hold, and may be tried again', async () => {
    expect((await pay(id, bad))?.status).toBe('failed')
    expect(await stateOf(world, id)).toBe('on_hold until 2026-01-31')
    expect(await pay(id)).toMatchObject({ status: 'succeeded', attempt: 3 })
    expect((await rowsOf(world, 'dues')).filter(({ status }) => status === 'open')).toEqual([])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('ten tabs pay it at once: one charge', async () => {
    const tabs = await Promise.allSettled(Array.from({ length: 10 }, () => pay(id)))
    const paid = tabs.flatMap((tab) => (tab.status === 'fulfilled' && tab.value !== undefined ? [tab.value] : []))
    expect(paid.map(({ status }) => status)).toEqual(['succeeded'])
    expect(await brokenInvariants(world)).toEqual([])
  })
})

describe('a change declined on 16 January and paid on 5 February', () => {
  test('kept its 15 days: to 20 February; a later change counts them without the hold', async () => {
    const id = await heldSubscription(plans.basic)
    await world.advanceTo('2026-01-16T00:00:00Z')
    await change(world, id, plans.pro, { on_payment_failure: 'apply_change' })
    await world.advanceTo('2026-02-05T00:00:00Z')
    expect(await pay(id)).toMatchObject({ status: 'succeeded', total_amount: 2500 })
    expect(await stateOf(world, id)).toBe('active until 2026-02-20')
    expect(await periods(id)).toEqual(['paid 01-01 01-16', 'held 01-16 02-05', 'paid 02-05 02-20'])
    expect(await keys(id)).toEqual(['disabled', 'active'])
    // 10 of 30 days: 26.67 of Pro less 6.67 of Starter.
    await world.advanceTo('2026-02-10T00:00:00Z')
    await change(world, id, plans.starter)
    expect((await getSubscription(await world.fresh(), id)).credit_balance).toBe(2000)
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('a new period that it should have begun begins when it is paid', async () => {
    const id = await heldSubscription(plans.basic)
    await world.advanceTo('2026-01-16T00:00:00Z')
    const full = { proration_billing_mode: 'full_immediately', on_payment_failure: 'apply_change' } as const
    await change(world, id, plans.pro, full)
    await world.advanceTo('2026-02-05T00:00:00Z')
    await pay(id)
    expect(await stateOf(world, id)).toBe('active until 2026-03-07')
    expect(await periods(id)).toEqual(['paid 01-01 01-16', 'held 01-16 02-05', 'paid 02-05 03-07'])
    expect(await brokenInvariants(world)).toEqual([])
  })
})

test('credit that a declined renewal released is taken again by the attempt that pays', async () => {
  const id = await heldSubscription(plans.pro)
  await world.advanceTo('2026-01-16T00:00:00Z')
  await change(world, id, plans.starter)
  await change(world, id, plans.pro, { effective_at: 'next_billing_date', proration_billing_mode: 'full_immediately' })
  await world.advanceTo('2026-02-01T00:00:00Z')
  expect(await getSubscription(await world.fresh(), id)).toMatchObject({ status: 'on_hold', credit_balance: 3000 })
  expect(await pay(id)).toMatchObject({ status: 'succeeded', total_amount: 5000 })
  expect((await getSubscription(await world.fresh(), id)).credit_balance).toBe(0)
  expect(await brokenInvariants(world)).toEqual([])
})

test('an active subscription is charged nothing, and the next renewal uses the new method', async () => {
  const id = await heldSubscription(plans.basic)
  expect(await pay(id)).toBeUndefined()
  await world.advanceTo('2026-02-01T00:00:00Z')
  expect(await stateOf(world, id)).toBe('active until 2026-03-02')
  expect(await brokenInvariants(world)).toEqual([])
})

test('a method of somebody else is not there, and what has ended has nothing to pay', async () => {
  const id = await heldSubscription(plans.basic)
  const other = await buy(world, plan(), { email: 'noor@example.com' })
  const foreign = (await rowsOf(world, 'payment_methods')).find((method) => method.customer_id === other.customer_id)
  await expect(pay(id, foreign?.payment_method_id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(pay(id, 'pm_nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const ctx = await world.fresh()

  await cancelSubscription(ctx, id, { timing: 'now' })
  await expect(pay(id)).rejects.toMatchObject({ code: 'SUBSCRIPTION_INACTIVE' })
})
