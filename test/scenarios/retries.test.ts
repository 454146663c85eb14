// A declined renewal that is asked for again by itself.
import { beforeEach, describe, expect, test } from 'vitest'
import { setSettings } from '#core/businesses/set-settings.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { updatePaymentMethod } from '#core/subscriptions/update-payment-method.ts'
import { buy, cards, plan } from '#test/support/buy.ts'
import { setLaterCharges } from '#test/support/later-charges.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf, stateOf } from '#test/support/story.ts'
import { brokenInvariants, timeline } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()
const monthly = plan({ payment_frequency_count: 30, payment_frequency_interval: 'Day' })

let world: World
let id: string

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  await setSettings(await world.fresh(), { payment_retries: true })
  id = (await buy(world, monthly, { card: cards.failsLater })).subscription_id
})

const attempts = async () =>
  (await rowsOf(world, 'payments'))
    .slice(1)
    .map(({ created_at, status, retry_attempt, origin }) =>
      [created_at.toString().slice(5, 16), status, retry_attempt, origin].join(' '),
    )

describe('a renewal declined on 31 January at midnight', () => {
  test('succeeds at the third try: the card pays again from 2 February on', async () => {
    await world.advanceTo('2026-02-02T00:00:00Z')
    await setLaterCharges(world, 'succeeds')
    await world.advanceTo('2026-03-08T00:00:00Z')
    // 12 h, then 24 h, then 48 h: 31 Jan 12:00, 1 Feb 12:00, 3 Feb 12:00.
    expect(await timeline(world, id)).toEqual([
      '2026-01-01 subscription.active',
      '2026-01-01 subscription.renewed',
      '2026-01-01 payment.succeeded 30.00',
      '2026-01-31 payment.failed 30.00 GENERIC_DECLINE',
      '2026-01-31 subscription.on_hold',
      '2026-01-31 payment.failed 30.00 GENERIC_DECLINE',
      '2026-02-01 payment.failed 30.00 GENERIC_DECLINE',
      '2026-02-03 payment.succeeded 30.00',
      '2026-02-03 subscription.active',
      '2026-02-03 subscription.renewed',
      '2026-03-05 payment.succeeded 30.00',
      '2026-03-05 subscription.renewed',
    ])
    // Held for 3.5 days: the 30 days from 3 Feb 12:00 end on 5 Mar 12:00.
    expect(await attempts()).toEqual([
      '01-31T00:00 failed 0 first',
      '01-31T12:00 failed 1 automatic_retry',
      '02-01T12:00 failed 2 automatic_retry',
      '02-03T12:00 succeeded 3 automatic_retry',
      '03-05T12:00 succeeded 0 first',
    ])
    expect(await stateOf(world, id)).toBe('active until 2026-04-04')
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('is asked five times within thirteen days, and then no more', async () => {
    await world.advanceTo('2026-06-01T00:00:00Z')
    expect((await attempts()).map((line) => line.slice(0, 11))).toEqual([
      '01-31T00:00',
      '01-31T12:00',
      '02-01T12:00',
      '02-03T12:00',
      '02-06T12:00',
      '02-10T12:00',
    ])
    expect(await stateOf(world, id)).toBe('on_hold until 2026-01-31')
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('a hard decline ends the chain', async () => {
    await world.advanceTo('2026-02-01T00:00:00Z')
    await setLaterCharges(world, 'STOLEN_CARD')
    await world.advanceTo('2026-06-01T00:00:00Z')
    expect((await timeline(world, id)).slice(4)).toEqual([
      '2026-01-31 subscription.on_hold',
      '2026-01-31 payment.failed 30.00 GENERIC_DECLINE',
      '2026-02-01 payment.failed 30.00 STOLEN_CARD',
    ])
  })

  test('a card that wants its holder is not asked again', async () => {
    await setLaterCharges(world, 'AUTHENTICATION_REQUIRED')
    await world.advanceTo('2026-06-01T00:00:00Z')
    expect((await attempts()).length).toBe(1)
  })

  test('cancelling ends it', async () => {
    await world.advanceTo('2026-02-01T00:00:00Z')
    await cancelSubscription(await world.fresh(), id, { timing: 'now' })
    await world.advanceTo('2026-06-01T00:00:00Z')
    expect((await timeline(world, id)).slice(4)).toEqual([
      '2026-01-31 subscription.on_hold',
      '2026-01-31 payment.failed 30.00 GENERIC_DECLINE',
      '2026-02-01 subscription.cancelled',
    ])
    expect((await rowsOf(world, 'dues')).map(({ next_retry_at }) => next_retry_at)).toEqual([null, null])
  })

  test('a merchant who switches retries off meanwhile is heard', async () => {
    await world.advanceTo('2026-02-01T00:00:00Z')
    await setSettings(await world.fresh(), { payment_retries: false })
    await world.advanceTo('2026-06-01T00:00:00Z')
    expect((await attempts()).length).toBe(2)
  })

  test('another method that is declined softly leaves the plan; one that is declined for good ends it', async () => {
    await world.advanceTo('2026-02-01T00:00:00Z')
    const [method] = await rowsOf(world, 'payment_methods')
    const plannedBefore = (await rowsOf(world, 'dues'))[1]?.next_retry_at
    await updatePaymentMethod(await world.fresh(), id, method?.payment_method_id ?? '')
    expect((await rowsOf(world, 'dues'))[1]?.next_retry_at).toEqual(plannedBefore)
    await setLaterCharges(world, 'EXPIRED_CARD')
    await updatePaymentMethod(await world.fresh(), id, method?.payment_method_id ?? '')
    expect((await rowsOf(world, 'dues'))[1]?.next_retry_at).toBeNull()
    expect(await brokenInvariants(world)).toEqual([])
  })
})

test('without the setting nothing is asked twice', async () => {
  await setSettings(await world.fresh(), { payment_retries: false })
  await world.advanceTo('2026-06-01T00:00:00Z')
  expect((await attempts()).length).toBe(1)
})
