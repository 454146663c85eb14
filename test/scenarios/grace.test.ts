// Grace: access for a while after a declined renewal.
import { beforeEach, describe, expect, test } from 'vitest'
import { setSettings } from '#core/businesses/set-settings.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { getSubscription, listPeriods } from '#core/subscriptions/queries.ts'
import { updatePaymentMethod } from '#core/subscriptions/update-payment-method.ts'
import { updateSubscription } from '#core/subscriptions/update-subscription.ts'
import { buy, cards, plan } from '#test/support/buy.ts'
import { setLaterCharges } from '#test/support/later-charges.ts'
import { change, makePlans, type Plans } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf, stateOf } from '#test/support/story.ts'
import { brokenInvariants, timeline } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

let world: World
let plans: Plans
let id: string

const thirtyDays = plan(
  { payment_frequency_count: 30, payment_frequency_interval: 'Day' },
  { license_key_enabled: true },
)

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  await setSettings(await world.fresh(), { grace_period: true })
  plans = await makePlans(world)
  id = (await buy(world, thirtyDays, { card: cards.failsLater })).subscription_id
})

/** The same card, which the bank honours again. */
async function pay() {
  await setLaterCharges(world, 'succeeds')
  const { payment_method_id } = await getSubscription(await world.fresh(), id)
  return updatePaymentMethod(await world.fresh(), id, payment_method_id ?? '')
}
const story = async () => (await timeline(world, id)).slice(3)
const keys = async () => (await rowsOf(world, 'license_keys')).map(({ status }) => status)
const periods = async () =>
  (await listPeriods(await world.fresh(), id)).map(({ kind, period_start, period_end }) =>
    [kind, ...[period_start, period_end].map((instant) => instant.toString().slice(5, 10))].join(' '),
  )

describe('declined on 31 January with three days of grace', () => {
  test('access and keys stay; nothing else can be done with it', async () => {
    await world.advanceTo('2026-02-02T00:00:00Z')
    const held = await getSubscription(await world.fresh(), id)
    expect([held.status, held.past_due_action]).toEqual(['past_due', 'on_hold'])
    expect(held.past_due_ends_at).toEqual(held.next_billing_date?.add({ hours: 72 }))
    expect(await keys()).toEqual(['active'])
    await expect(change(world, id, plans.pro)).rejects.toMatchObject({
      code: 'INACTIVE_SUBSCRIPTION_PLAN_CHANGE_NOT_SUPPORTED',
    })
    const next_billing_date = Temporal.Instant.from('2026-03-01T00:00:00Z')
    await expect(updateSubscription(await world.fresh(), id, { next_billing_date })).rejects.toMatchObject({
      code: 'SUBSCRIPTION_INACTIVE',
    })
  })

  test('paid on 2 February: the period began on 31 January as if nothing had been', async () => {
    await world.advanceTo('2026-02-02T00:00:00Z')
    expect((await pay())?.status).toBe('succeeded')
    expect(await stateOf(world, id)).toBe('active until 2026-03-02')
    await world.advanceTo('2026-03-03T00:00:00Z')
    expect(await story()).toEqual([
      '2026-01-31 payment.failed 30.00 GENERIC_DECLINE',
      '2026-01-31 subscription.past_due',
      '2026-02-02 subscription.update_payment_method',
      '2026-02-02 payment.succeeded 30.00',
      '2026-02-02 subscription.active',
      '2026-02-02 subscription.renewed',
      '2026-03-02 payment.succeeded 30.00',
      '2026-03-02 subscription.renewed',
    ])
    expect(await periods()).toEqual(['paid 01-01 01-31', 'paid 01-31 03-02', 'paid 03-02 04-01'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('on hold from 3 February, paid on the 10th: 30 days and the 7 held ones, to 9 March', async () => {
    await world.advanceTo('2026-02-10T00:00:00Z')
    expect(await keys()).toEqual(['disabled'])
    expect((await pay())?.status).toBe('succeeded')
    expect(await stateOf(world, id)).toBe('active until 2026-03-09')
    expect(await keys()).toEqual(['active'])
    expect(await story()).toEqual([
      '2026-01-31 payment.failed 30.00 GENERIC_DECLINE',
      '2026-01-31 subscription.past_due',
      '2026-02-03 subscription.on_hold',
      '2026-02-10 subscription.update_payment_method',
      '2026-02-10 payment.succeeded 30.00',
      '2026-02-10 subscription.active',
      '2026-02-10 subscription.renewed',
    ])
    expect(await periods()).toEqual(['paid 01-01 01-31', 'paid 01-31 02-03', 'held 02-03 02-10', 'paid 02-10 03-09'])
    const [, dues] = await rowsOf(world, 'dues')
    expect([dues?.period_start, dues?.period_end].map((instant) => instant?.toString().slice(0, 10))).toEqual([
      '2026-01-31',
      '2026-03-09',
    ])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('a retry within it succeeds, and it never was on hold', async () => {
    await setSettings(await world.fresh(), { payment_retries: true })
    await world.advanceTo('2026-02-01T00:00:00Z')
    await setLaterCharges(world, 'succeeds')
    await world.advanceTo('2026-02-20T00:00:00Z')
    expect(await story()).toEqual([
      '2026-01-31 payment.failed 30.00 GENERIC_DECLINE',
      '2026-01-31 subscription.past_due',
      '2026-01-31 payment.failed 30.00 GENERIC_DECLINE',
      '2026-02-01 payment.succeeded 30.00',
      '2026-02-01 subscription.active',
      '2026-02-01 subscription.renewed',
    ])
    expect(await stateOf(world, id)).toBe('active until 2026-03-02')
  })

  test('a customer who cancels in it leaves at once, owing nothing', async () => {
    await world.advanceTo('2026-02-01T00:00:00Z')
    const cancelled = await cancelSubscription(await world.fresh(), id, { timing: 'at_next_billing_date' })
    expect([cancelled.status, cancelled.past_due_ends_at]).toEqual(['cancelled', null])
    await world.advanceTo('2026-03-01T00:00:00Z')
    expect((await story()).slice(2)).toEqual(['2026-02-01 subscription.cancelled'])
    expect((await rowsOf(world, 'dues')).map(({ status }) => status)).toEqual(['paid', 'void'])
  })
})

test('where it ends in a cancellation, that was decided when it began', async () => {
  await setSettings(await world.fresh(), { grace_period_action: 'cancel_subscription', grace_period_days: 5 })
  await world.advanceTo('2026-02-01T00:00:00Z')
  await setSettings(await world.fresh(), { grace_period_action: 'on_hold', grace_period_days: 30 })
  await world.advanceTo('2026-03-01T00:00:00Z')
  expect(await story()).toEqual([
    '2026-01-31 payment.failed 30.00 GENERIC_DECLINE',
    '2026-01-31 subscription.past_due',
    '2026-02-05 subscription.cancelled',
  ])
  const { cancel_reason } = await getSubscription(await world.fresh(), id)
  expect(cancel_reason).toBe('cancelled_by_merchant_grace_period_expired')
  expect(await keys()).toEqual(['disabled'])
  expect(await brokenInvariants(world)).toEqual([])
})

test('a change of plan that is declined has no grace', async () => {
  await world.advanceTo('2026-01-16T00:00:00Z')
  await change(world, id, plans.pro, { on_payment_failure: 'apply_change' })
  expect(await stateOf(world, id)).toBe('on_hold until 2026-01-31')
})
