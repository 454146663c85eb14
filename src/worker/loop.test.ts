import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import type { ChargeRequest } from '#processors/processor.ts'
import type { Ctx } from '#src/context.ts'
import { dueRenewals } from '#test/support/due-renewals.ts'
import { capturesOf, rowsOf, withProcessor } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import { createWorld, type World } from '#test/support/world.ts'
import type { Job } from './jobs.ts'
import { runDue, startWorker } from './loop.ts'

let world: World

beforeEach(async () => {
  world = await createWorld({ startsAt: '2026-01-31T09:00:00Z' })
  onTestFinished(world.close)
})

const jobs = () => world.modes.test.jobs
const renewing = (): Job => {
  const job = jobs().find(({ name }) => name === 'renew or end subscriptions')
  if (job === undefined) throw new Error('subscriptions are renewed')
  return job
}

/** Background work whose charges are told to `seen` first. */
async function watched(seen: (request: ChargeRequest) => unknown): Promise<Ctx> {
  const { processors } = await withProcessor(world, (real) => ({
    charge: async (request) => {
      await seen(request)
      return real.charge(request)
    },
  }))
  return { ...world.modes.test.ctx, processors }
}

test('two workers share three hundred due renewals, and each is charged once', async () => {
  await dueRenewals(world, 300)
  const asked: string[] = []
  const ctx = await watched(({ key }) => asked.push(key))
  const done = await Promise.all([runDue(ctx, jobs()), runDue(ctx, jobs())])
  expect(done.every((count) => count > 0)).toBe(true)
  expect([asked.length, new Set(asked).size]).toEqual([300, 300])
  expect((await capturesOf(world)).length).toBe(301)
  expect((await rowsOf(world, 'subscriptions')).every(({ period_number }) => period_number === 1)).toBe(true)
  expect(await brokenInvariants(world)).toEqual([])
})

test('a worker that stalls at the processor finds its work done by another, and changes nothing', async () => {
  await dueRenewals(world, 1)
  let stalled = 0
  const ctx = await watched(async () => {
    stalled += 1
    world.advanceWall({ minutes: 5 })
    await world.work()
  })
  await runDue(ctx, jobs())
  expect(stalled).toBe(1)
  expect((await capturesOf(world)).length).toBe(2)
  expect((await rowsOf(world, 'events')).filter(({ type }) => type === 'subscription.renewed').length).toBe(2)
  expect(await brokenInvariants(world)).toEqual([])
})

test('what fails is tried again after a pause, and does not hold the others up', async () => {
  const ids = await dueRenewals(world, 5)
  const job = renewing()
  let failures = 0
  const flaky: Job = {
    ...job,
    run: async (ctx, key) => {
      if (key.subscription_id === ids[2] && failures < 2) {
        failures += 1
        throw new Error('not this time')
      }
      return job.run(ctx, key)
    },
  }
  const work = () => runDue(world.modes.test.ctx, [flaky])
  const renewed = async () => (await capturesOf(world)).length - 1
  expect([await work(), failures, await renewed()]).toEqual([4, 1, 4])
  expect([await work(), failures]).toEqual([0, 1])
  world.advanceWall({ seconds: 31 })
  expect([await work(), failures]).toEqual([0, 2])
  world.advanceWall({ seconds: 31 })
  expect([await work(), await renewed()]).toEqual([1, 5])
})

test('a worker finishes what it began before it stops, and claims no more', async () => {
  await dueRenewals(world, 420)
  const begun = Promise.withResolvers<void>()
  const told = Promise.withResolvers<void>()
  const ctx = await watched(async () => {
    begun.resolve()
    await told.promise
  })
  const worker = startWorker(ctx, [renewing()])
  await begun.promise
  const stopped = worker.stop()
  told.resolve()
  await stopped
  const payments = await rowsOf(world, 'payments')
  expect(payments.every(({ settled_at }) => settled_at !== null)).toBe(true)
  // One batch of two hundred or two, whichever of the two loops had begun.
  expect([1 + 200, 1 + 400]).toContain(payments.length)
})

test('a worker outlives a database that is away for a moment', async () => {
  await dueRenewals(world, 1)
  const broken: Job = { ...renewing(), name: 'broken', table: 'not_there' as Job['table'] }
  const worker = startWorker(world.modes.test.ctx, [broken, renewing()])
  onTestFinished(() => worker.stop())
  await expect.poll(async () => (await capturesOf(world)).length, { timeout: 10_000 }).toBe(2)
})

test('woken, a worker looks without waiting for its next poll', async () => {
  const { setTimeout: realTimeout } = globalThis
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const worker = startWorker(world.modes.test.ctx, [renewing()])
  onTestFinished(() => worker.stop())
  await dueRenewals(world, 1)
  await new Promise((resolve) => realTimeout(resolve, 200))
  expect((await capturesOf(world)).length).toBe(1)
  worker.wake()
  await expect.poll(async () => (await capturesOf(world)).length).toBe(2)
})
