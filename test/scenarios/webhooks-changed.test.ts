// What a merchant changes about a webhook while messages are on their way to it.
import { beforeEach, expect, test } from 'vitest'
import { listDeliveries } from '#core/webhooks/queries.ts'
import { buy, plan } from '#test/support/buy.ts'
import { receive } from '#test/support/receiver.ts'
import { stage } from '#test/support/stage.ts'
import type { World } from '#test/support/world.ts'
import { sign } from '#worker/webhooks/sign.ts'

const { newWorld } = stage()

let world: World
beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-31T09:00:00Z' })
})

const post = <Answer>(path: string, body?: object) => world.client().post<Answer>(`/portico/webhooks/${path}`, { body })

test('a delivery that is asked for again while it is on its way is sent again', async () => {
  const shop = await receive(() => ({ after: 500 }))
  const { id } = await world.client().webhooks.create({ url: shop.url, filter_types: ['payment.succeeded'] })
  await buy(world)
  const working = world.work()
  await expect.poll(() => shop.received.length, { timeout: 10_000 }).toBe(1)
  const [delivery] = await listDeliveries(await world.fresh(), id, 10)
  expect(await post(`${id}/replay`, { delivery_id: delivery?.delivery_id })).toEqual({ queued: 1 })
  await working
  await world.work()
  expect(shop.received.length).toBe(2)
  expect(await listDeliveries(await world.fresh(), id, 10)).toMatchObject([{ status: 'succeeded', attempts: 1 }])
})

test('each secret keeps the day it was promised, however often it is replaced in it; five of them at most', async () => {
  const shop = await receive()
  const { id } = await world.client().webhooks.create({ url: shop.url, filter_types: ['payment.succeeded'] })
  const secrets = [(await world.client().webhooks.retrieveSecret(id)).secret]
  const rotate = async () => secrets.unshift((await post<{ secret: string }>(`${id}/rotate-secret`)).secret)
  await rotate()
  world.advanceWall({ hours: 10 })
  await rotate()
  const signaturesOf = async (email: string) => {
    await buy(world, plan(), { email })
    await world.work()
    const message = shop.received.at(-1)
    if (message === undefined) throw new Error('one message came')
    const { headers, body } = message
    const sent = { id: String(headers['webhook-id']), timestamp: Number(headers['webhook-timestamp']), body }
    const by = secrets.map((secret) => sign([secret], sent))
    return String(headers['webhook-signature'])
      .split(' ')
      .map((signature) => by.indexOf(signature))
  }
  expect(await signaturesOf('ada@northwind.example')).toEqual([0, 1, 2])
  // 24 hours after the first was replaced, 14 after the second.
  world.advanceWall({ hours: 14 })
  expect(await signaturesOf('ben@northwind.example')).toEqual([0, 1])
  for (let times = 0; times < 4; times += 1) await rotate()
  await expect(rotate()).rejects.toThrow('5 earlier secrets are still valid')
  world.advanceWall({ hours: 10 })
  await rotate()
  expect(await signaturesOf('cy@northwind.example')).toEqual([0, 1, 2, 3, 4, 5])
})

test('headers that are added one call after the other do not become more than a webhook may have', async () => {
  const { id } = await world.client().webhooks.create({ url: 'https://shop.example/hooks' })
  const some = (from: number, count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`x-${from + at}`, 'v']))
  await world.client().webhooks.headers.update(id, { headers: some(0, 30) })
  await world.client().webhooks.headers.update(id, { headers: { 'x-0': '', 'x-30': 'v' } })
  const one = world.client().webhooks.headers.update(id, { headers: { 'x-31': 'v' } })
  await expect(one).rejects.toThrow('at most 30 headers')
  expect(Object.keys((await world.client().webhooks.headers.retrieve(id)).headers)).toHaveLength(30)
})
