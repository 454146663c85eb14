import { expect, test } from 'vitest'
import { buy, plan } from '#test/support/buy.ts'
import { stage } from '#test/support/stage.ts'
import { capturesOf, skipTo, stateOf } from '#test/support/story.ts'
import { brokenInvariants, timeline } from '#test/support/timeline.ts'

const { newWorld } = stage()

test('after three months without a worker, one period is charged a day until all are caught up', async () => {
  const world = await newWorld({ startsAt: '2026-01-31T09:00:00Z' })
  const { subscription_id } = await buy(world)

  await skipTo(world, '2026-05-10T12:00:00Z')
  await world.work()
  await world.work()
  expect((await capturesOf(world)).length).toBe(2)
  await skipTo(world, '2026-05-11T11:59:00Z')
  await world.work()
  expect((await capturesOf(world)).length).toBe(2)
  await world.advanceTo('2026-06-01T00:00:00Z')

  expect((await timeline(world, subscription_id)).filter((line) => line.includes('payment.'))).toEqual([
    '2026-01-31 payment.succeeded 30.00',
    '2026-05-10 payment.succeeded 30.00',
    '2026-05-11 payment.succeeded 30.00',
    '2026-05-12 payment.succeeded 30.00',
    '2026-05-31 payment.succeeded 30.00',
  ])
  expect(await stateOf(world, subscription_id)).toBe('active until 2026-06-30')
  expect(await brokenInvariants(world)).toEqual([])
})

test('a plan shorter than the pause catches up to the day, never two charges within 24 hours', async () => {
  const world = await newWorld({ startsAt: '2026-01-31T09:00:00Z' })
  const { subscription_id } = await buy(world, plan({ payment_frequency_interval: 'Day' }))
  await skipTo(world, '2026-02-04T12:00:00Z')
  await world.work()
  await world.advanceTo('2026-02-08T13:00:00Z')
  const payments = (await timeline(world, subscription_id)).filter((line) => line.includes('payment.'))
  expect(payments.map((line) => line.slice(0, 10))).toEqual([
    '2026-01-31',
    '2026-02-04',
    '2026-02-05',
    '2026-02-06',
    '2026-02-07',
    '2026-02-08',
  ])
})
