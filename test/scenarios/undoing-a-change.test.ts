// A change that was made at once and not paid for: the customer may have everything back as it was.
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import type { PlanChangeRequest } from '#core/plan-changes/change-plan.ts'
import { canUndoPlanChange, undoPlanChange } from '#core/plan-changes/undo-plan-change.ts'
import { getSubscription, listPeriods } from '#core/subscriptions/queries.ts'
import { updatePaymentMethod } from '#core/subscriptions/update-payment-method.ts'
import { json } from '#db/temporal.ts'
import type { PaymentOutcome } from '#processors/processor.ts'
import { cards } from '#test/support/buy.ts'
import { change, makePlans, type Plans, paid, subscribeTo } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { capturesOf, rowsOf, stateOf, workWith } from '#test/support/story.ts'
import { brokenInvariants, timeline } from '#test/support/timeline.ts'
import { createWorld, type World } from '#test/support/world.ts'

const { newWorld } = stage()

let world: World
let plans: Plans
let id: string

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  await halfWay(cards.failsLater)
})

async function halfWay(card: string) {
  plans = await makePlans(world, { license_key_enabled: true })
  id = await subscribeTo(world, plans.basic, { card })
  await world.advanceTo('2026-01-16T00:00:00Z')
}

async function discountBy(code: string) {
  const ctx = await world.fresh()
  const { business_id } = world
  const now = ctx.clock.now()
  const discount_id = `dsc_${code}`
  await ctx.db
    .insertInto('discounts')
    .values({ business_id, discount_id, code, type: 'percentage', amount: 5000, created_at: now, updated_at: now })
    .execute()
  await ctx.db
    .insertInto('subscription_discounts')
    .values({
      business_id,
      subscription_id: id,
      position: 0,
      discount_id,
      terms: json({ product_ids: [], type: 'percentage', basis_points: 5000, max_amount: null }),
      cycles_remaining: 3,
    })
    .execute()
}

const changeAtOnce = (product_id: string, more: Partial<PlanChangeRequest> = {}) =>
  change(world, id, product_id, { on_payment_failure: 'apply_change', ...more })
const undo = async () => undoPlanChange(await world.fresh(), id)
const plan = async () => {
  const { product_name, quantity, addons } = await getSubscription(await world.fresh(), id)
  return [product_name, quantity, addons.length]
}
const worth = async () => (await rowsOf(world, 'period_values')).map(({ amount }) => amount)
const keys = async () => {
  const rows = await rowsOf(world, 'license_keys')
  return rows
    .filter(({ status }) => status === 'active')
    .map(({ product_id, key }) => [product_id === plans.basic, key])
}
const periods = async () =>
  (await listPeriods(await world.fresh(), id)).map(
    ({ kind, period_start, period_end }) =>
      `${period_start.toString().slice(5, 10)} to ${period_end.toString().slice(5, 10)} ${kind}`,
  )

test('after 20 days on hold: old plan, value, keys, and the 15 days that were left', async () => {
  const before = await keys()
  await changeAtOnce(plans.pro, { quantity: 2, addons: [{ addon_id: plans.addon_id, quantity: 3 }] })
  expect([await plan(), await stateOf(world, id)]).toEqual([['Pro', 2, 1], 'on_hold until 2026-01-31'])
  await world.advanceTo('2026-02-05T00:01:00Z')
  expect(await canUndoPlanChange(await world.fresh(), await getSubscription(await world.fresh(), id))).toBe(true)
  await undo()
  expect([await plan(), await stateOf(world, id), await worth()]).toEqual([
    ['Basic', 1, 0],
    'active until 2026-02-20',
    [3000],
  ])
  expect(await keys()).toEqual(before)
  expect((await rowsOf(world, 'dues')).map(({ status }) => status)).toEqual(['paid', 'void'])
  expect((await timeline(world, id)).slice(-5)).toEqual([
    '2026-01-16 subscription.plan_changed',
    // Two of 80.00 and three seats of 10.00, for half a period, less half of 30.00.
    '2026-01-16 payment.failed 80.00 GENERIC_DECLINE',
    '2026-01-16 subscription.on_hold',
    '2026-02-05 subscription.plan_changed',
    '2026-02-05 subscription.active',
  ])
  expect(await periods()).toEqual(['01-01 to 01-16 paid', '01-16 to 02-05 held', '02-05 to 02-20 paid'])
  expect(await brokenInvariants(world)).toEqual([])
  await world.advanceTo('2026-02-21T00:00:00Z')
  expect((await paid(world)).at(-1)).toBe('02-20 30.00 failed')
})

test('a discount that the other plan did not keep comes back', async () => {
  await discountBy('HALF')
  await changeAtOnce(plans.pro)
  const discounts = async () =>
    (await rowsOf(world, 'subscription_discounts')).map(({ discount_id, cycles_remaining }) => [
      discount_id,
      cycles_remaining,
    ])
  expect(await discounts()).toEqual([])
  await undo()
  expect(await discounts()).toEqual([['dsc_HALF', 3]])
})

test('a trial goes on as one, with the days it had left', async () => {
  id = await subscribeTo(world, plans.basic, { card: cards.failsLater }, 14)
  await world.advanceTo('2026-01-20T00:00:00Z')
  await changeAtOnce(plans.pro)
  await world.advanceTo('2026-01-22T00:01:00Z')
  await undo()
  const { in_trial, next_billing_date } = await getSubscription(await world.fresh(), id)
  expect([in_trial, next_billing_date?.toString().slice(0, 10)]).toEqual([true, '2026-02-01'])
  expect((await rowsOf(world, 'period_values')).length).toBe(1)
  expect(await brokenInvariants(world)).toEqual([])
})

test('a change that began a new period: the old one goes on', async () => {
  await changeAtOnce(plans.yearly)
  expect(await periods()).toEqual(['01-01 to 01-16 paid', '01-16 to 01-16 paid'])
  await world.advanceTo('2026-01-18T00:01:00Z')
  await undo()
  expect([await plan(), await stateOf(world, id), await worth()]).toEqual([
    ['Basic', 1, 0],
    'active until 2026-02-02',
    [3000],
  ])
  expect(await periods()).toEqual(['01-01 to 01-16 paid', '01-16 to 01-18 held', '01-18 to 02-02 paid'])
  expect(await brokenInvariants(world)).toEqual([])
})

test('once: then there is nothing to undo, nor after it was paid, nor of a renewal', async () => {
  const nothing = { code: 'UNSUPPORTED_ACTION' }
  await expect(undo()).rejects.toMatchObject(nothing)
  await changeAtOnce(plans.pro)
  await undo()
  await expect(undo()).rejects.toMatchObject(nothing)
  await world.advanceTo('2026-02-02T00:00:00Z')
  expect(await stateOf(world, id)).toBe('on_hold until 2026-01-31')
  await expect(undo()).rejects.toMatchObject(nothing)
})

test('paid with another card, it stays', async () => {
  await changeAtOnce(plans.pro)
  await subscribeTo(world, plans.starter, { card: cards.mastercard })
  const method = (await rowsOf(world, 'payment_methods')).at(-1)
  await updatePaymentMethod(await world.fresh(), id, method?.payment_method_id ?? '')
  await expect(undo()).rejects.toMatchObject({ code: 'UNSUPPORTED_ACTION' })
  expect(await plan()).toEqual(['Pro', 1, 0])
})

test('the money came after all: it goes back in full', async () => {
  world = await createWorld({ startsAt: '2026-01-01T00:00:00Z' })
  onTestFinished(world.close)
  await halfWay(cards.timesOut)
  await changeAtOnce(plans.pro)
  await expect(undo()).rejects.toMatchObject({ code: 'UNSUPPORTED_ACTION' })
  const no: PaymentOutcome = { status: 'declined', reference: null, code: 'INSUFFICIENT_FUNDS', message: null }
  world.advanceWall({ minutes: 2 })
  await workWith(world, () => ({ retrievePayment: () => Promise.resolve(no) }))
  await undo()
  await world.modes.test.sandbox?.deliverPending()
  await world.work()
  expect((await capturesOf(world)).map(({ amount, refunded_amount }) => [amount, refunded_amount])).toEqual([
    [3000, 0],
    [2500, 2500],
  ])
  expect(await plan()).toEqual(['Basic', 1, 0])
  expect(await brokenInvariants(world)).toEqual([])
})
