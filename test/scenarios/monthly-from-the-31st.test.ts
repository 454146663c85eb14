import { expect, onTestFinished, test } from 'vitest'
import { getSubscription, listPeriods } from '#core/subscriptions/queries.ts'
import { buy } from '#test/support/buy.ts'
import { brokenInvariants, timeline } from '#test/support/timeline.ts'
import { createWorld } from '#test/support/world.ts'

test('a year of monthly renewals that began on 31 January keeps to the ends of the months', async () => {
  const world = await createWorld({ startsAt: '2026-01-31T09:00:00Z' })
  onTestFinished(world.close)
  const { subscription_id } = await buy(world)
  await world.advanceTo('2027-02-01T00:00:00Z')

  const renewals = (await timeline(world, subscription_id)).filter((line) => line.includes('payment.'))
  expect(renewals).toEqual([
    '2026-01-31 payment.succeeded 30.00',
    '2026-02-28 payment.succeeded 30.00',
    '2026-03-31 payment.succeeded 30.00',
    '2026-04-30 payment.succeeded 30.00',
    '2026-05-31 payment.succeeded 30.00',
    '2026-06-30 payment.succeeded 30.00',
    '2026-07-31 payment.succeeded 30.00',
    '2026-08-31 payment.succeeded 30.00',
    '2026-09-30 payment.succeeded 30.00',
    '2026-10-31 payment.succeeded 30.00',
    '2026-11-30 payment.succeeded 30.00',
    '2026-12-31 payment.succeeded 30.00',
    '2027-01-31 payment.succeeded 30.00',
  ])
  const ctx = await world.fresh()
  const { next_billing_date, period_number } = await getSubscription(ctx, subscription_id)
  expect([next_billing_date?.toString().slice(0, 10), period_number]).toEqual(['2027-02-28', 12])
  expect((await listPeriods(ctx, subscription_id)).length).toBe(13)
  expect(await brokenInvariants(world)).toEqual([])
})
