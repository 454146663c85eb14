// What was used is billed when a pause begins; unpaid, the subscription is on hold, and paying leads to the pause.
import { beforeEach, expect, test } from 'vitest'
import { setSettings } from '#core/businesses/set-settings.ts'
import { pauseSubscription } from '#core/subscriptions/pause-subscription.ts'
import { resumeSubscription } from '#core/subscriptions/resume-subscription.ts'
import { updatePaymentMethod } from '#core/subscriptions/update-payment-method.ts'
import { cards } from '#test/support/buy.ts'
import { billed, makeMeter, makeMetered, use } from '#test/support/metered.ts'
import { makePlans, paid, subscribeTo } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf, stateOf } from '#test/support/story.ts'
import { brokenInvariants, timeline } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()
let world: World
let product_id: string

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  const meter_id = await makeMeter(world)
  product_id = await makeMetered(world, [{ meter_id, price_per_unit: '5', free_threshold: 100 }])
})

async function useAndPause(card: string, until: string | null = null) {
  const id = await subscribeTo(world, product_id, { card })
  await world.advanceTo('2026-01-10T00:00:00Z')
  await use(world, 300)
  await world.advanceTo('2026-01-11T00:00:00Z')
  const resumes_at = until === null ? null : Temporal.Instant.from(until)
  return { id, paused: await pauseSubscription(await world.fresh(), id, { resumes_at }) }
}

async function payWithAnotherCard(id: string) {
  await subscribeTo(world, (await makePlans(world)).starter, { card: cards.mastercard })
  const method = (await rowsOf(world, 'payment_methods')).at(-1)
  await updatePaymentMethod(await world.fresh(), id, method?.payment_method_id ?? '')
}

test('300 calls, 100 of them free, are billed at once; the renewal bills none of them again', async () => {
  const { id, paused } = await useAndPause(cards.good)
  expect(paused.status).toBe('paused')
  expect(await paid(world)).toEqual(['01-01 10.00', '01-11 10.00'])
  await world.advanceTo('2026-01-31T00:01:00Z')
  await resumeSubscription(await world.fresh(), id)
  await world.advanceTo('2026-02-21T00:00:00Z')
  expect((await paid(world)).at(-1)).toBe('02-20 10.00')
  expect(await billed(world)).toEqual(['01-11 API calls (300 calls) at 5 = 1000'])
  expect(await brokenInvariants(world)).toEqual([])
})

test('where the business waits for the renewal, nothing is billed now', async () => {
  await setSettings(await world.fresh(), { bill_usage_at_pause: false })
  const { id } = await useAndPause(cards.good)
  await resumeSubscription(await world.fresh(), id)
  await world.advanceTo('2026-02-01T00:00:00Z')
  expect(await paid(world)).toEqual(['01-01 10.00', '01-31 20.00'])
})

test('declined: on hold; paid, it is paused from the day it was asked for', async () => {
  const { id, paused } = await useAndPause(cards.failsLater)
  expect(paused.status).toBe('on_hold')
  await world.advanceTo('2026-01-16T00:00:00Z')
  await payWithAnotherCard(id)
  expect(await stateOf(world, id)).toBe('paused until 2026-01-31')
  await world.advanceTo('2026-01-31T00:01:00Z')
  await resumeSubscription(await world.fresh(), id)
  // 20 days from 11 to 31 January, those on hold among them.
  expect(await stateOf(world, id)).toBe('active until 2026-02-20')
  expect((await timeline(world, id)).map((line) => line.slice(5)).filter((line) => !line.includes('renewed'))).toEqual([
    '01-01 subscription.active',
    '01-01 payment.succeeded 10.00',
    '01-11 subscription.paused',
    '01-11 payment.failed 10.00 GENERIC_DECLINE',
    '01-11 subscription.on_hold',
    '01-16 subscription.update_payment_method',
    '01-16 payment.succeeded 10.00',
    '01-16 subscription.paused',
    '01-31 subscription.unpaused',
  ])
  expect(await brokenInvariants(world)).toEqual([])
})

test('paid after the date that was to end the pause, it runs at once', async () => {
  const { id } = await useAndPause(cards.failsLater, '2026-01-14T00:00:00Z')
  await world.advanceTo('2026-01-16T00:01:00Z')
  expect(await stateOf(world, id)).toBe('on_hold until 2026-01-31')
  await payWithAnotherCard(id)
  expect(await stateOf(world, id)).toBe('active until 2026-02-05')
  expect(await brokenInvariants(world)).toEqual([])
})
