// The merchant asks for a declined renewal once more, by hand, through the API.
import { beforeEach, expect, test } from 'vitest'
import { setSettings } from '#core/businesses/set-settings.ts'
import { buy, cards, plan } from '#test/support/buy.ts'
import { setLaterCharges } from '#test/support/later-charges.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf, stateOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()
const thirtyDays = plan({ payment_frequency_count: 30, payment_frequency_interval: 'Day' })

let world: World
let id: string
let payment_id: string

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  id = (await buy(world, thirtyDays, { card: cards.failsLater })).subscription_id
  await world.advanceTo('2026-02-01T00:00:00Z')
  payment_id = (await rowsOf(world, 'payments'))[1]?.payment_id ?? ''
})

const retry = () => world.client().payments.retry(payment_id)
const state = () => world.client().payments.retrieveRetryState(payment_id)

test('declined again it may be asked for after an hour; the third time it succeeds', async () => {
  expect(await state()).toEqual({
    can_retry: true,
    reason: null,
    sends_allowed: 3,
    sends_used: 0,
    retry_available_at: null,
  })
  const first = await retry()
  expect(first).toMatchObject({ status: 'failed', is_manual_retry: true, retry_attempt: 1, sends_used: 1 })
  expect(first.retry_available_at?.slice(0, 16)).toBe('2026-02-01T01:00')
  await expect(retry()).rejects.toMatchObject({ status: 409 })
  expect(await state()).toMatchObject({ can_retry: false, reason: 'RETRY_COOLING_DOWN', sends_used: 1 })
  await world.advanceTo('2026-02-01T02:00:00Z')
  expect((await retry()).sends_used).toBe(2)
  await setLaterCharges(world, 'succeeds')
  await world.advanceTo('2026-02-05T00:00:00Z')
  const third = await retry()
  expect(third).toMatchObject({ status: 'succeeded', retry_attempt: 3, sends_used: 3, retry_available_at: null })
  expect((await world.client().payments.retrieve(third.payment_id)).retry_attempt).toBe(3)
  expect(await stateOf(world, id)).toBe('active until 2026-03-07')
  expect(await state()).toMatchObject({ can_retry: false, reason: 'PAYMENT_NOT_RETRYABLE', retry_available_at: null })
  expect(await brokenInvariants(world)).toEqual([])
})

test('three times and no more', async () => {
  for (const day of ['02', '03', '04']) {
    await world.advanceTo(`2026-02-${day}T00:00:00Z`)
    await retry()
  }
  await world.advanceTo('2026-02-06T00:00:00Z')
  await expect(retry()).rejects.toMatchObject({ status: 422 })
  expect(await state()).toMatchObject({ reason: 'SUBSCRIPTION_PAYMENT_RETRY_LIMIT_EXCEEDED', sends_used: 3 })
})

test('ten at once send it once', async () => {
  const sent = await Promise.allSettled(Array.from({ length: 10 }, retry))
  expect(sent.filter(({ status }) => status === 'fulfilled').length).toBe(1)
  expect((await rowsOf(world, 'payments')).filter(({ origin }) => origin === 'manual_retry').length).toBe(1)
})

test('what was paid, and what is nobody’s, cannot be asked for', async () => {
  const [paid] = await rowsOf(world, 'payments')
  await expect(world.client().payments.retry(paid?.payment_id ?? '')).rejects.toMatchObject({ status: 422 })
  await expect(world.client().payments.retry('pay_0NsYeY7Sb4L4rMIxxKSBz')).rejects.toMatchObject({ status: 404 })
})

test('by hand and by itself together: the numbers go on', async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  await setSettings(await world.fresh(), { payment_retries: true })
  await buy(world, thirtyDays, { card: cards.failsLater })
  await world.advanceTo('2026-02-01T00:00:00Z')
  payment_id = (await rowsOf(world, 'payments'))[1]?.payment_id ?? ''
  expect(await retry()).toMatchObject({ retry_attempt: 2, sends_used: 1 })
  await world.advanceTo('2026-06-01T00:00:00Z')
  // Five automatic ones within thirteen days, as without the one by hand.
  expect((await rowsOf(world, 'payments')).slice(2).map(({ origin }) => origin)).toEqual([
    'automatic_retry',
    'manual_retry',
    'automatic_retry',
    'automatic_retry',
    'automatic_retry',
    'automatic_retry',
  ])
})
