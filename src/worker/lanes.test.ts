// L2: who is slow keeps nobody waiting but himself.
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { besides } from '#test/support/besides.ts'
import { buy, plan } from '#test/support/buy.ts'
import { receive } from '#test/support/receiver.ts'
import { rowsOf } from '#test/support/story.ts'
import { createWorld, type World } from '#test/support/world.ts'
import { claimDue } from './claim.ts'
import { startWorker } from './loop.ts'

let world: World

beforeEach(async () => {
  world = await createWorld({ startsAt: '2026-01-31T09:00:00Z' })
  onTestFinished(world.close)
})

const jobs = () => world.modes.test.jobs
const work = () => {
  const worker = startWorker(world.modes.test.ctx, jobs())
  onTestFinished(() => worker.stop())
  return worker
}

test('endpoints that never answer delay neither others’ webhooks, nor their own business’s, nor renewals', async () => {
  const dead = await receive(() => ({ after: 'never' }))
  const shop = await receive()
  const other = await besides(world, { startsAt: '2026-01-31T09:00:00Z' })
  for (let n = 0; n < 20; n += 1) await world.client().webhooks.create({ url: dead.url })
  await other.client().webhooks.create({ url: shop.url, filter_types: ['subscription.renewed'] })
  work()
  await buy(world)
  await expect.poll(() => dead.received.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(8)
  const begun = performance.now()
  await buy(other, plan(), { email: 'noor@northwind.example' })
  await expect.poll(() => shop.received.length, { timeout: 10_000 }).toBe(1)
  expect(performance.now() - begun).toBeLessThan(8_000)
  // Three events each for eight of the twenty: the others wait for their turn.
  expect(dead.received.length).toBe(24)
}, 30_000)

test('a worker that is told to stop does not wait for who does not answer, and the message is sent again', async () => {
  let answer: 'never' | number = 'never'
  const shop = await receive(() => ({ after: answer }))
  await world.client().webhooks.create({ url: shop.url, filter_types: ['subscription.active'] })
  await buy(world)
  const worker = work()
  await expect.poll(() => shop.received.length, { timeout: 10_000 }).toBe(1)
  const begun = performance.now()
  await worker.stop()
  expect(performance.now() - begun).toBeLessThan(3_000)
  expect(await rowsOf(world, 'webhook_deliveries')).toMatchObject([{ status: 'pending', attempts: 0 }])
  answer = 0
  await world.work()
  expect(shop.received.length).toBe(2)
})

test('businesses take turns, each with no more than its share', async () => {
  const other = await besides(world, {})
  for (let n = 0; n < 12; n += 1) await world.client().webhooks.create({ url: 'http://127.0.0.1:1/' })
  for (let n = 0; n < 3; n += 1) await other.client().webhooks.create({ url: 'http://127.0.0.1:1/' })
  const { db } = await world.fresh()
  const since = world.ctx.wall.now()
  const due = (business_id: string, hours: number) =>
    db
      .updateTable('webhook_endpoints')
      .set({ next_attempt_at: since.subtract({ hours }) })
      .where('business_id', '=', business_id)
      .execute()
  await due(world.business_id, 2)
  await due(other.business_id, 1)
  const job = jobs().find(({ table }) => table === 'webhook_endpoints')
  if (job === undefined) throw new Error('webhooks are delivered')
  const claim = async (limit: number) => {
    const rows = await claimDue(world.modes.test.ctx, job, limit)
    return [world, other].map(({ business_id }) => rows.filter((row) => row.business_id === business_id).length)
  }
  expect(await claim(4)).toEqual([2, 2])
  expect(await claim(64)).toEqual([6, 1])
  expect(await claim(64)).toEqual([0, 0])
})
