import { beforeEach, expect, test } from 'vitest'
import { listPeriods } from '#core/subscriptions/queries.ts'
import { updateSubscription } from '#core/subscriptions/update-subscription.ts'
import { buy, plan } from '#test/support/buy.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf, stateOf } from '#test/support/story.ts'
import { brokenInvariants, timeline } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

let world: World
let subscription_id: string

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-31T09:00:00Z' })
  subscription_id = (await buy(world)).subscription_id
})

const move = async (to: string) =>
  updateSubscription(await world.fresh(), subscription_id, { next_billing_date: Temporal.Instant.from(to) })
const periods = async () =>
  (await listPeriods(await world.fresh(), subscription_id)).map(({ period_start, period_end }) =>
    [period_start, period_end].map((instant) => instant.toString().slice(5, 10)).join(' → '),
  )
const payments = async () => (await timeline(world, subscription_id)).filter((line) => line.includes('payment.'))

test('a later date stretches the period and is the new anchor; the move itself costs nothing', async () => {
  await world.advanceTo('2026-02-10T00:00:00Z')
  await move('2026-03-15T00:00:00Z')
  expect(await stateOf(world, subscription_id)).toBe('active until 2026-03-15')
  await world.advanceTo('2026-05-16T00:00:00Z')
  expect(await payments()).toEqual([
    '2026-01-31 payment.succeeded 30.00',
    '2026-03-15 payment.succeeded 30.00',
    '2026-04-15 payment.succeeded 30.00',
    '2026-05-15 payment.succeeded 30.00',
  ])
  expect(await periods()).toEqual(['01-31 → 03-15', '03-15 → 04-15', '04-15 → 05-15', '05-15 → 06-15'])
  expect(await brokenInvariants(world)).toEqual([])
})

test('an earlier date shortens it', async () => {
  await move('2026-02-05T00:00:00Z')
  await world.advanceTo('2026-03-06T00:00:00Z')
  expect(await periods()).toEqual(['01-31 → 02-05', '02-05 → 03-05', '03-05 → 04-05'])
  expect((await payments()).length).toBe(3)
  expect(await brokenInvariants(world)).toEqual([])
})

test('moving back and forth charges once for each period that was really begun', async () => {
  await move('2026-04-15T00:00:00Z')
  await move('2026-02-15T00:00:00Z')
  await move('2026-03-01T00:00:00Z')
  await world.advanceTo('2026-04-02T00:00:00Z')
  expect(await payments()).toEqual([
    '2026-01-31 payment.succeeded 30.00',
    '2026-03-01 payment.succeeded 30.00',
    '2026-04-01 payment.succeeded 30.00',
  ])
  expect(await brokenInvariants(world)).toEqual([])
})

test('a date that is now renews at once in test mode; one that has passed is refused', async () => {
  await world.advanceTo('2026-02-10T00:00:00Z')
  await expect(move('2026-02-09T00:00:00Z')).rejects.toMatchObject({ code: 'INVALID_REQUEST_PARAMETERS' })
  await move((await world.fresh()).clock.now().subtract({ seconds: 30 }).toString())
  expect((await payments()).length).toBe(2)
  expect(await periods()).toEqual(['01-31 → 02-10', '02-10 → 03-10'])
  expect(await brokenInvariants(world)).toEqual([])
})

test('a date after the end of the term is refused, and leaves all as it was', async () => {
  const before = await rowsOf(world, 'subscriptions')
  await expect(move('2036-02-01T00:00:00Z')).rejects.toMatchObject({ code: 'INVALID_REQUEST_PARAMETERS' })
  expect(await rowsOf(world, 'subscriptions')).toEqual(before)
})

test('a shift of less than a day keeps the day of the month', async () => {
  await move('2026-02-28T15:00:00Z')
  await world.advanceTo('2026-05-01T00:00:00Z')
  expect(await periods()).toEqual(['01-31 → 02-28', '02-28 → 03-31', '03-31 → 04-30', '04-30 → 05-31'])
  expect(await brokenInvariants(world)).toEqual([])
})

test('a trial may be made longer', async () => {
  const trial = await buy(world, plan({ trial_period_days: 14 }), { email: 'noor@example.com' })
  await updateSubscription(await world.fresh(), trial.subscription_id, {
    next_billing_date: Temporal.Instant.from('2026-03-01T00:00:00Z'),
  })
  await world.advanceTo('2026-03-02T00:00:00Z')
  expect(await timeline(world, trial.subscription_id)).toEqual([
    '2026-01-31 subscription.active',
    '2026-01-31 subscription.updated',
    '2026-03-01 payment.succeeded 30.00',
    '2026-03-01 subscription.renewed',
  ])
  expect(await brokenInvariants(world)).toEqual([])
})
