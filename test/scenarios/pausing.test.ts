// A subscription that rests: nothing is billed meanwhile, and everything that lay ahead lies as far ahead afterwards.
import { beforeEach, describe, expect, test } from 'vitest'
import { setSettings } from '#core/businesses/set-settings.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { pauseSubscription } from '#core/subscriptions/pause-subscription.ts'
import { getSubscription, listPeriods } from '#core/subscriptions/queries.ts'
import { resumeSubscription } from '#core/subscriptions/resume-subscription.ts'
import { revokeCancellation } from '#core/subscriptions/revoke-cancellation.ts'
import { withActor } from '#src/context.ts'
import { buy, cards, plan } from '#test/support/buy.ts'
import { change, makePlans, type Plans, paid, subscribeTo } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf, skipTo, stateOf } from '#test/support/story.ts'
import { brokenInvariants, timeline } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()
const THIRTY_DAYS = { payment_frequency_count: 30, payment_frequency_interval: 'Day' } as const

let world: World
let plans: Plans

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  plans = await makePlans(world, { license_key_enabled: true })
})

const pause = async (id: string, until?: string) =>
  pauseSubscription(await world.fresh(), id, { resumes_at: until === undefined ? null : Temporal.Instant.from(until) })
const resume = async (id: string) => resumeSubscription(await world.fresh(), id)
const asCustomer = async () => withActor(await world.fresh(), { type: 'customer', id: 'cus_mara' })
const keys = async () => (await rowsOf(world, 'license_keys')).map(({ status }) => status)
const periods = async (id: string) =>
  (await listPeriods(await world.fresh(), id)).map(
    ({ kind, period_start, period_end }) =>
      `${period_start.toString().slice(5, 10)} to ${period_end.toString().slice(5, 10)} ${kind}`,
  )

/** Paused from 11 to 31 January, of a period from 1 to 31 January. */
async function restTwentyDays(id: string) {
  await world.advanceTo('2026-01-11T00:00:00Z')
  await pause(id)
  await world.advanceTo('2026-01-31T00:01:00Z')
  await resume(id)
}

test('20 days in the middle of a period: the 20 days that were left come afterwards', async () => {
  const id = await subscribeTo(world, plans.basic)
  await world.advanceTo('2026-01-11T00:00:00Z')
  await pause(id)
  expect([await stateOf(world, id), await keys()]).toEqual(['paused until 2026-01-31', ['disabled']])
  await world.advanceTo('2026-01-31T00:01:00Z')
  await resume(id)
  expect([await stateOf(world, id), await keys()]).toEqual(['active until 2026-02-20', ['active']])
  await world.advanceTo('2026-03-23T00:00:00Z')
  expect(await timeline(world, id)).toEqual([
    '2026-01-01 subscription.active',
    '2026-01-01 subscription.renewed',
    '2026-01-01 payment.succeeded 30.00',
    '2026-01-11 subscription.paused',
    '2026-01-31 subscription.unpaused',
    '2026-02-20 payment.succeeded 30.00',
    '2026-02-20 subscription.renewed',
    '2026-03-22 payment.succeeded 30.00',
    '2026-03-22 subscription.renewed',
  ])
  expect(await periods(id)).toEqual([
    '01-01 to 01-11 paid',
    '01-11 to 01-31 paused',
    '01-31 to 02-20 paid',
    '02-20 to 03-22 paid',
    '03-22 to 04-21 paid',
  ])
  expect(await brokenInvariants(world)).toEqual([])
})

test('what a change gives back afterwards counts only the time that was served', async () => {
  const id = await subscribeTo(world, plans.basic)
  await restTwentyDays(id)
  await world.advanceTo('2026-02-03T00:01:00Z')
  await pause(id)
  await world.advanceTo('2026-02-04T00:02:00Z')
  await resume(id)
  // 10 + 3 days served; on 6 February 15: half of 30.00 is given back, half of 80.00 charged.
  await world.advanceTo('2026-02-06T00:02:00Z')
  await change(world, id, plans.pro)
  expect(await paid(world)).toEqual(['01-01 30.00', '02-06 25.00'])
  expect(await stateOf(world, id)).toBe('active until 2026-02-21')
  expect(await brokenInvariants(world)).toEqual([])
})

test('a scheduled change waits for the date as it is afterwards', async () => {
  const id = await subscribeTo(world, plans.basic)
  await change(world, id, plans.pro, { effective_at: 'next_billing_date', proration_billing_mode: 'full_immediately' })
  await restTwentyDays(id)
  expect((await getSubscription(await world.fresh(), id)).product_name).toBe('Basic')
  await world.advanceTo('2026-02-21T00:00:00Z')
  expect((await getSubscription(await world.fresh(), id)).product_name).toBe('Pro')
  expect(await paid(world)).toEqual(['01-01 30.00', '02-20 80.00'])
})

test('so does a scheduled cancellation, which can be taken back meanwhile', async () => {
  const id = await subscribeTo(world, plans.basic)
  await cancelSubscription(await world.fresh(), id, { timing: 'at_next_billing_date' })
  await world.advanceTo('2026-01-11T00:00:00Z')
  await pause(id)
  await revokeCancellation(await world.fresh(), id)
  await resume(id)
  await cancelSubscription(await world.fresh(), id, { timing: 'at_next_billing_date' })
  await pause(id)
  // Asked for again, it is scheduled already; it does not come at once.
  await cancelSubscription(await world.fresh(), id, { timing: 'at_next_billing_date' })
  expect(await stateOf(world, id)).toBe('paused until 2026-01-31, ends then')
  await world.advanceTo('2026-01-31T00:01:00Z')
  await resume(id)
  await world.advanceTo('2026-02-21T00:00:00Z')
  expect((await timeline(world, id)).slice(-2)).toEqual([
    '2026-01-31 subscription.unpaused',
    '2026-02-20 subscription.cancelled',
  ])
  expect(await brokenInvariants(world)).toEqual([])
})

test('the term ends as much later', async () => {
  const terms = { subscription_period_count: 45, subscription_period_interval: 'Day' } as const
  const { subscription_id: id } = await buy(world, plan({ ...THIRTY_DAYS, ...terms }))
  await restTwentyDays(id)
  await world.advanceTo('2026-04-01T00:00:00Z')
  // 45 days from 1 January are 15 February; with 20 of pause 7 March. The second period has 15 of 30 days.
  expect((await timeline(world, id)).slice(-3)).toEqual([
    '2026-02-20 payment.succeeded 15.00',
    '2026-02-20 subscription.renewed',
    '2026-03-07 subscription.expired',
  ])
  expect(await brokenInvariants(world)).toEqual([])
})

test('a date that was named ends it, once', async () => {
  const id = await subscribeTo(world, plans.basic)
  await world.advanceTo('2026-01-11T00:00:00Z')
  await pause(id, '2026-01-21T12:00:00Z')
  await world.advanceTo('2026-02-15T00:00:00Z')
  expect((await timeline(world, id)).slice(-4)).toEqual([
    '2026-01-11 subscription.paused',
    '2026-01-21 subscription.unpaused',
    '2026-02-10 payment.succeeded 30.00',
    '2026-02-10 subscription.renewed',
  ])
  expect(await brokenInvariants(world)).toEqual([])
})

test('cancelled while paused: it is over, and no date brings it back', async () => {
  const id = await subscribeTo(world, plans.basic)
  await pause(id, '2026-01-21T12:00:00Z')
  await cancelSubscription(await world.fresh(), id, { timing: 'at_next_billing_date' })
  await world.advanceTo('2026-06-01T00:00:00Z')
  expect((await timeline(world, id)).slice(-1)).toEqual(['2026-01-01 subscription.cancelled'])
  expect(await keys()).toEqual(['disabled'])
  expect(await brokenInvariants(world)).toEqual([])
})

describe('refused', () => {
  const refuses = async (id: string, code: string) => expect(pause(id)).rejects.toMatchObject({ code })

  test('in a trial, on hold, and after the end', async () => {
    await refuses(await subscribeTo(world, plans.basic, {}, 14), 'SUBSCRIPTION_NOT_ELIGIBLE_FOR_PAUSE')
    const held = await subscribeTo(world, plans.pro, { card: cards.failsLater, email: 'ivo@fern.example' })
    await world.advanceTo('2026-02-01T00:00:00Z')
    await refuses(held, 'SUBSCRIPTION_NOT_ELIGIBLE_FOR_PAUSE')
    await cancelSubscription(await world.fresh(), held, { timing: 'now' })
    await refuses(held, 'SUBSCRIPTION_NOT_ELIGIBLE_FOR_PAUSE')
  })

  test('while a payment is under way, and from the billing date until it is renewed', async () => {
    const id = await subscribeTo(world, plans.basic, { card: cards.timesOut })
    await change(world, id, plans.pro)
    await refuses(id, 'PREVIOUS_PAYMENT_PENDING')
    const other = await subscribeTo(world, plans.basic, { email: 'ivo@fern.example' })
    await skipTo(world, '2026-02-01T00:00:00Z')
    await refuses(other, 'PREVIOUS_PAYMENT_PENDING')
  })

  test('twice, with a date that has passed, and resumed while it runs', async () => {
    const id = await subscribeTo(world, plans.basic)
    await expect(pause(id, '2025-12-31T00:00:00Z')).rejects.toMatchObject({ code: 'INVALID_REQUEST_PARAMETERS' })
    await expect(resume(id)).rejects.toMatchObject({ code: 'SUBSCRIPTION_NOT_PAUSED' })
    await pause(id)
    await refuses(id, 'SUBSCRIPTION_ALREADY_PAUSED')
  })
})

test('a customer may where the business allows it, and may always end a pause of their own', async () => {
  const id = await subscribeTo(world, plans.basic)
  const disabled = { code: 'SUBSCRIPTION_CUSTOMER_PAUSE_DISABLED' }
  await expect(pauseSubscription(await asCustomer(), id)).rejects.toMatchObject(disabled)
  await pause(id)
  await expect(resumeSubscription(await asCustomer(), id)).rejects.toMatchObject(disabled)
  await resume(id)
  await setSettings(await world.fresh(), { allow_subscription_pause: true })
  await pauseSubscription(await asCustomer(), id)
  await setSettings(await world.fresh(), { allow_subscription_pause: false })
  expect((await resumeSubscription(await asCustomer(), id)).status).toBe('active')
})
