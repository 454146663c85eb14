// K2 at the boundary: a renewal, a cancellation and a change of plan at the same moment, again and again. Whatever wins, nobody is charged
// after the end, nobody twice, and the books are right.
import { expect, test } from 'vitest'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import { renewSubscription } from '#core/subscriptions/renew-subscription.ts'
import { change, makePlans, subscribeTo } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { capturesOf, rowsOf, skipTo } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'

const full = process.env.PORTICO_TEST_FULL === '1'
const rounds = full ? 500 : 15
const { newWorld } = stage()

/** 31 January, or a moment before it: then all three may still come first. */
const DATES = ['2026-01-31T09:00:00.000Z', '2026-01-31T08:59:59.985Z']

async function raceOnce(round: number): Promise<string> {
  const world = await newWorld({ startsAt: '2026-01-01T09:00:00Z' })
  const plans = await makePlans(world)
  const id = await subscribeTo(world, plans.basic)
  const { next_billing_date } = await getSubscription(await world.fresh(), id)
  const late = Temporal.Instant.from('2026-01-31T09:00:00Z').until(next_billing_date ?? Temporal.Now.instant())
  await skipTo(
    world,
    Temporal.Instant.from(DATES[round % 2] ?? '')
      .add(late)
      .toString(),
  )
  const soon = async (deed: () => Promise<unknown>, order: number) => {
    await new Promise((resolve) => setTimeout(resolve, ((round >> order) % 4) * 5))
    return deed()
  }
  const done = await Promise.allSettled([
    soon(async () => renewSubscription(await world.fresh(), id), 0),
    soon(async () => cancelSubscription(await world.fresh(), id, { timing: 'now' }), 2),
    soon(async () => change(world, id, plans.pro), 4),
    soon(async () => renewSubscription(await world.fresh(), id), 6),
  ])
  const unexpected = done.filter((result) => result.status === 'rejected' && result.reason?.name !== 'AppError')
  expect(unexpected).toEqual([])
  world.advanceWall({ minutes: 3 })
  await world.work()
  expect((await getSubscription(await world.fresh(), id)).status).toBe('cancelled')
  const dues = await rowsOf(world, 'dues')
  expect(dues.filter(({ status }) => status === 'open')).toEqual([])
  const kept = (await capturesOf(world)).filter(({ amount, refunded_amount }) => amount !== refunded_amount)
  expect(kept.length).toBe(dues.filter(({ status }) => status === 'paid').length)
  return dues.map(({ kind, status }) => `${kind} ${status}`).join(', ')
}

test(
  `${rounds} rounds of renew × cancel × change at the boundary end where some order of them would`,
  async () => {
    const ends = new Set<string>()
    for (let round = 0; round < rounds; round += 1) ends.add(await raceOnce(round))
    // Unpaid dues are void, paid ones were paid before the end.
    const possible = /^checkout paid(, (renewal|plan_change) (paid|void))*$/
    expect([...ends].filter((end) => !possible.test(end))).toEqual([])
    expect(await brokenInvariants(await newWorld())).toEqual([])
  },
  full ? 1_200_000 : 90_000,
)
