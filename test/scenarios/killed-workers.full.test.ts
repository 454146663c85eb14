// kill −9 in the middle of renewals: whatever was under way, each period is charged once in the end.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { cards } from '#test/support/buy.ts'
import { dueRenewals } from '#test/support/due-renewals.ts'
import { capturesOf, rowsOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import { createWorld, type World } from '#test/support/world.ts'

/** Longer than a lease and than the grace of a payment, so that the next process takes over what the last one held. */
const BETWEEN_LIVES_SECONDS = 180

function startProcess(world: World, wallAhead: number, untilIdle: boolean): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', 'test/support/worker-process.ts'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      DATABASE_URL: world.database.url,
      SECRET_KEY: 'a secret key of the tests, 32 or more characters',
      WALL_AHEAD_SECONDS: String(wallAhead),
      ...(untilIdle ? { WORK_UNTIL_IDLE: '1' } : {}),
    },
  })
}

/** Lives until `target` payments have got as far as `reached` says, and a moment longer. */
async function liveAndDie(world: World, wallAhead: number, target: number, reached: Reached): Promise<void> {
  const child = startProcess(world, wallAhead, false)
  const ended = once(child, 'exit')
  while ((await rowsOf(world, 'payments')).filter(reached).length < target) await sleep(10)
  await sleep(Math.random() * 40)
  child.kill('SIGKILL')
  await ended
}

type Reached = (payment: { settled_at: unknown; unknown_since: unknown }) => boolean
const settled: Reached = ({ settled_at }) => settled_at !== null
const asked: Reached = (payment) => settled(payment) || payment.unknown_since !== null

async function finish(world: World, wallAhead: number): Promise<void> {
  const child = startProcess(world, wallAhead, true)
  const [code] = await once(child, 'exit')
  expect(code).toBe(0)
}

test.each([
  { card: 'good', count: 1200, lives: 12, livesAfter: 1 },
  // What is lost on the way is unknown in the first life and asked about in the second; the last one may have to ask once more.
  { card: 'lost', count: 200, lives: 6, livesAfter: 2 },
] as const)(
  '$count renewals with a $card card by workers that are killed $lives times: each period is charged once',
  async ({ card, count, lives, livesAfter }) => {
    const world = await createWorld({ startsAt: '2026-01-31T09:00:00Z' })
    onTestFinished(world.close)
    await dueRenewals(world, count, cards[card])
    let wallAhead = 0
    for (let life = 1; life <= lives; life += 1) {
      const reached = card === 'lost' && life === 1 ? asked : settled
      await liveAndDie(world, wallAhead, 1 + Math.floor((life * count) / (lives + 2)), reached)
      wallAhead += BETWEEN_LIVES_SECONDS
    }
    expect((await rowsOf(world, 'payments')).filter(settled).length).toBeLessThan(count + 1)
    for (let life = 0; life < livesAfter; life += 1) {
      await finish(world, wallAhead)
      wallAhead += BETWEEN_LIVES_SECONDS
    }
    const captures = await capturesOf(world)
    expect([captures.length, new Set(captures.map(({ key }) => key)).size]).toEqual([count + 1, count + 1])
    const subscriptions = await rowsOf(world, 'subscriptions')
    expect(subscriptions.map(({ status, period_number }) => `${status} ${period_number}`)).toEqual(
      Array(count).fill('active 1'),
    )
    const payments = await rowsOf(world, 'payments')
    expect(
      payments.filter(({ status, applied, attempt }) => status !== 'succeeded' || !applied || attempt > 1),
    ).toEqual([])
    const numbers = (await rowsOf(world, 'invoices')).map(({ number }) => number).sort()
    expect(numbers).toEqual(Array.from({ length: count + 1 }, (_, n) => `LS-${String(n + 1).padStart(6, '0')}`))
    const renewed = (await rowsOf(world, 'events')).filter(({ type }) => type === 'subscription.renewed')
    expect(renewed.length).toBe(count + 1)
    expect(await brokenInvariants(world)).toEqual([])
  },
  240_000,
)
