// K2: whatever happens at the same moment, the end is one that some order of the deeds would have led to.
import { expect, onTestFinished, test } from 'vitest'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import { renewSubscription } from '#core/subscriptions/renew-subscription.ts'
import { revokeCancellation } from '#core/subscriptions/revoke-cancellation.ts'
import { updateSubscription } from '#core/subscriptions/update-subscription.ts'
import { dueRenewals } from '#test/support/due-renewals.ts'
import { capturesOf, rowsOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import { createWorld } from '#test/support/world.ts'

async function dueWorld(count: number) {
  const world = await createWorld({ startsAt: '2026-01-31T09:00:00Z' })
  onTestFinished(world.close)
  return { world, ids: await dueRenewals(world, count), ctx: await world.fresh() }
}

test('a renewal and a cancellation at once: never renewed after it was cancelled, and money that came too late goes back', async () => {
  const { world, ids, ctx } = await dueWorld(24)
  await Promise.all(
    ids.flatMap((id, n) => {
      const renew = renewSubscription(ctx, id)
      const pause = new Promise((resolve) => setTimeout(resolve, (n % 8) * 4))
      return [renew, pause.then(() => cancelSubscription(ctx, id, { timing: 'now' }))]
    }),
  )
  world.advanceWall({ minutes: 3 })
  await world.work()

  const events = (await rowsOf(world, 'events')).toSorted((a, b) =>
    Temporal.Instant.compare(a.occurred_at, b.occurred_at),
  )
  const renewals = (await rowsOf(world, 'payments')).filter(({ off_session }) => off_session)
  const refunds = await rowsOf(world, 'refunds')
  for (const id of ids) {
    expect((await getSubscription(ctx, id)).status).toBe('cancelled')
    const told = events.filter(({ resource_id }) => resource_id === id).map(({ type }) => type)
    expect(told.slice(told.indexOf('subscription.cancelled'))).toEqual(['subscription.cancelled'])
    const [payment, ...others] = renewals.filter(({ subscription_id }) => subscription_id === id)
    expect(others).toEqual([])
    const refunded = refunds.filter(
      ({ payment_id, status }) => payment_id === payment?.payment_id && status === 'succeeded',
    )
    if (payment !== undefined) expect(refunded.length).toBe(payment.applied ? 0 : 1)
  }
  const kept = (await capturesOf(world)).filter(({ refunded_amount }) => refunded_amount === 0).length
  expect(kept).toBe(1 + renewals.filter(({ applied }) => applied).length)
  expect(await brokenInvariants(world)).toEqual([])
})

test('twenty deeds on one subscription at once leave one that makes sense', async () => {
  for (let round = 0; round < 3; round += 1) {
    const { world, ids, ctx } = await dueWorld(1)
    const id = ids[0] ?? ''
    const date = Temporal.Instant.from('2026-03-20T00:00:00Z')
    const deeds = [
      () => renewSubscription(ctx, id),
      () => cancelSubscription(ctx, id, { timing: 'at_next_billing_date' }),
      () => revokeCancellation(ctx, id),
      () => updateSubscription(ctx, id, { next_billing_date: date }),
    ]
    const done = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => deeds[(n + round) % deeds.length]?.()))
    const unexpected = done.filter((result) => result.status === 'rejected' && result.reason?.name !== 'AppError')
    expect(unexpected).toEqual([])
    world.advanceWall({ minutes: 3 })
    await world.work()
    const { status, next_billing_date, next_attempt_at } = await getSubscription(ctx, id)
    expect(['active', 'cancelled']).toContain(status)
    expect(next_attempt_at?.toString()).toBe(status === 'active' ? next_billing_date?.toString() : undefined)
    expect(await brokenInvariants(world)).toEqual([])
  }
})
