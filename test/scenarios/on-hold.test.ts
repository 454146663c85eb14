import { beforeEach, describe, expect, test } from 'vitest'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import { revokeCancellation } from '#core/subscriptions/revoke-cancellation.ts'
import { updateSubscription } from '#core/subscriptions/update-subscription.ts'
import { buy, cards, plan } from '#test/support/buy.ts'
import { stage } from '#test/support/stage.ts'
import { capturesOf, rowsOf } from '#test/support/story.ts'
import { brokenInvariants, timeline } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

describe('a card that pays once and never again', () => {
  let world: World
  let subscription_id: string

  beforeEach(async () => {
    world = await newWorld({ startsAt: '2026-01-31T09:00:00Z' })
    const product = plan({}, { license_key_enabled: true })
    subscription_id = (await buy(world, product, { card: cards.failsLater })).subscription_id
    await world.advanceTo('2026-07-15T00:00:00Z')
  })

  const untilHeld = [
    '2026-01-31 subscription.active',
    '2026-01-31 subscription.renewed',
    '2026-01-31 payment.succeeded 30.00',
    '2026-02-28 payment.failed 30.00 GENERIC_DECLINE',
    '2026-02-28 subscription.on_hold',
  ]

  test('is asked once; then nothing renews while months pass, and the keys rest', async () => {
    expect(await timeline(world, subscription_id)).toEqual(untilHeld)
    expect((await rowsOf(world, 'license_keys')).map(({ status }) => status)).toEqual(['disabled'])
    expect((await capturesOf(world)).length).toBe(1)
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('is owed exactly what failed', async () => {
    const open = (await rowsOf(world, 'dues')).filter(({ status }) => status === 'open')
    expect(open.map(({ total, period_start }) => [total, period_start?.toString().slice(0, 10)])).toEqual([
      [3000, '2026-02-28'],
    ])
  })

  test('cancelling at the next billing date means now, and nothing stays owed', async () => {
    const ctx = await world.fresh()
    const cancelled = await cancelSubscription(ctx, subscription_id, { timing: 'at_next_billing_date' })
    expect(cancelled.status).toBe('cancelled')
    await world.advanceTo('2027-07-15T00:00:00Z')
    expect(await timeline(world, subscription_id)).toEqual([...untilHeld, '2026-07-15 subscription.cancelled'])
    expect((await rowsOf(world, 'dues')).map(({ status }) => status).sort()).toEqual(['paid', 'void'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('nothing else can be done to it meanwhile', async () => {
    const ctx = await world.fresh()
    const { version } = await getSubscription(ctx, subscription_id)
    const next_billing_date = Temporal.Instant.from('2026-08-01T00:00:00Z')
    await expect(updateSubscription(ctx, subscription_id, { next_billing_date })).rejects.toThrow('not active')
    await expect(revokeCancellation(ctx, subscription_id)).rejects.toThrow('not active')
    expect((await getSubscription(ctx, subscription_id)).version).toBe(version)
  })
})

test('on hold past its term it is cancelled at its end, and nothing stays owed', async () => {
  const world = await newWorld({ startsAt: '2026-01-31T09:00:00Z' })
  const threeMonths = plan({ subscription_period_count: 3, subscription_period_interval: 'Month' })
  const { subscription_id } = await buy(world, threeMonths, { card: cards.failsLater })
  await world.advanceTo('2026-12-31T00:00:00Z')
  expect((await timeline(world, subscription_id)).slice(3)).toEqual([
    '2026-02-28 payment.failed 30.00 GENERIC_DECLINE',
    '2026-02-28 subscription.on_hold',
    '2026-04-30 subscription.cancelled',
  ])
  expect((await rowsOf(world, 'dues')).map(({ status }) => status)).toEqual(['paid', 'void'])
  expect(await brokenInvariants(world)).toEqual([])
})
