// The published SDK repeats requests by itself and sends no key: each call has one effect all the same.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import DodoPayments, { ConflictError } from 'dodopayments'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { appWith, atTransaction, lose, sdkOver } from '#test/support/app-with.ts'
import { makePlans, type Plans, subscribeTo } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { capturesOf, rowsOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

let world: World
beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-16T00:00:00Z' })
})

const mara = { email: 'mara@northwind.example', name: 'Mara' }
const customers = async () => (await rowsOf(world, 'customers')).length
const amounts = async () => (await capturesOf(world)).map(({ amount }) => amount)

const toPro = (plans: Plans) =>
  ({ product_id: plans.pro, quantity: 1, proration_billing_mode: 'full_immediately' }) as const

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Charges so slowly that its client gives up first. */
const slowly = (ms: number, url?: string) =>
  appWith(world, {
    ...(url === undefined ? {} : { url }),
    processor: (real) => ({
      charge: async (...args: Parameters<typeof real.charge>) => {
        const outcome = await real.charge(...args)
        await sleep(ms)
        return outcome
      },
    }),
  })

describe('one call', () => {
  test('that outlasts the patience of the client charges once, and is answered when it is done', async () => {
    const plans = await makePlans(world)
    const id = await subscribeTo(world, plans.basic)
    const { client, asked } = sdkOver(world, [slowly(1500)], { timeout: 1000 })
    await client.subscriptions.changePlan(id, toPro(plans))
    expect(asked()).toBeGreaterThan(1)
    expect(await amounts()).toEqual([3000, 8000])
    expect(await rowsOf(world, 'plan_changes')).toHaveLength(1)
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('that fails after its commit is not carried out twice, and the client is told to look', async () => {
    const plans = await makePlans(world)
    const id = await subscribeTo(world, plans.basic)
    // What is owed, then what was paid.
    const { client, asked } = sdkOver(world, [appWith(world, { db: atTransaction(2, 'committed', lose) }), world.app])
    await expect(client.subscriptions.changePlan(id, toPro(plans))).rejects.toThrow(ConflictError)
    expect(asked()).toBe(2)
    await world.work()
    expect(await amounts()).toEqual([3000, 8000])
    expect((await client.subscriptions.retrieve(id)).product_id).toBe(plans.pro)
  })

  test('that fails before its commit is carried out by the retry', async () => {
    const { client } = sdkOver(world, [appWith(world, { db: atTransaction(1, 'commit', lose) }), world.app])
    expect((await client.customers.create(mara)).name).toBe('Mara')
    expect(await customers()).toBe(1)
  })

  test('that meets a conflict is not repeated', async () => {
    const { client, asked } = sdkOver(world, [world.app])
    const { discount_id } = await client.discounts.create({ type: 'percentage', amount: 1000, code: 'SPRING' })
    await expect(client.discounts.create({ type: 'percentage', amount: 1000, code: 'SPRING' })).rejects.toThrow(
      ConflictError,
    )
    expect(asked()).toBe(2)
    expect((await client.discounts.retrieve(discount_id)).code).toBe('SPRING')
  })
})

describe('over a network', () => {
  /** A server that can cut all its sockets. */
  async function listen(appAt: (url: string) => World['app']) {
    let app = world.app
    const server = createServer(getRequestListener((request, env) => app.fetch(request, env)))
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    onTestFinished(() => {
      server.close()
    })
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    app = appAt(url)
    return { url, cut: () => server.closeAllConnections() }
  }

  test('a socket that is killed while the money moves: one charge, one answer', async () => {
    const plans = await makePlans(world)
    const id = await subscribeTo(world, plans.basic)
    const { url, cut } = await listen((at) => slowly(600, at))
    let asked = 0
    const client = new DodoPayments({
      bearerToken: world.api_key,
      baseURL: `${url}/api`,
      fetch: async (to: string | URL | Request, init?: RequestInit) => {
        asked += 1
        if (asked === 1)
          void expect
            .poll(async () => (await amounts()).length)
            .toBe(2)
            .then(cut)
        return fetch(to, init)
      },
    })
    await client.subscriptions.changePlan(id, toPro(plans))
    expect(asked).toBe(2)
    expect(await amounts()).toEqual([3000, 8000])
    const [noted] = (await rowsOf(world, 'api_requests')).filter(({ operation }) => operation === 'changePlan')
    expect(noted).toMatchObject({ status: 200, retry_count: 1, has_effect: true, claim_token: 0 })
  })
})

describe('two calls that are alike', () => {
  test('stay two', async () => {
    const { client } = sdkOver(world, [world.app])
    await Promise.all([client.customers.create(mara), client.customers.create({ ...mara })])
    expect(await customers()).toBe(2)
  })

  test('stay two where both are cut off and both repeated', async () => {
    const plans = await makePlans(world)
    const ids = [await subscribeTo(world, plans.basic), await subscribeTo(world, plans.basic)]
    expect(new Set(ids).size).toBe(2)
    const before = await customers()
    const lost = appWith(world, { db: atTransaction(2, 'committed', lose) })
    // Both are noted and done; of one the answer is lost.
    const { client } = sdkOver(world, [lost, lost, world.app])
    const calls = await Promise.allSettled([client.customers.create(mara), client.customers.create({ ...mara })])
    expect(calls.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0)
    expect((await customers()) - before).toBe(2)
  })

  test('a retry takes the place of one that was answered to nobody, and of no other', async () => {
    const post = async (retry: number, signal?: AbortSignal) => {
      const answer = await world.app.request('http://localhost:3000/api/customers', {
        method: 'POST',
        headers: {
          authorization: `Bearer ${world.api_key}`,
          'content-type': 'application/json',
          'x-stainless-retry-count': String(retry),
        },
        body: JSON.stringify(mara),
        ...(signal ? { signal } : {}),
      })
      return {
        id: ((await answer.json()) as { customer_id: string }).customer_id,
        again: answer.headers.get('idempotent-replayed'),
      }
    }
    const heard = await post(0)
    const away = AbortSignal.abort()
    const unheard = await post(0, away)
    const first = await post(1)
    expect(first).toEqual({ id: unheard.id, again: 'true' })
    const second = await post(1)
    expect(second.again).toBeNull()
    expect(new Set([heard.id, unheard.id, second.id]).size).toBe(3)
    world.advanceWall({ minutes: 11 })
    const late = await post(0, away)
    world.advanceWall({ minutes: 11 })
    expect((await post(1)).id).not.toBe(late.id)
  })
})

test('with a key the SDK’s retries and a program’s own are the same request', async () => {
  const { client } = sdkOver(world, [appWith(world, { db: atTransaction(1, 'commit', lose) }), world.app])
  const headers = { 'Idempotency-Key': 'order-4711' }
  const first = await client.customers.create(mara, { headers })
  expect(await client.customers.create(mara, { headers })).toEqual(first)
  expect(await customers()).toBe(1)
})
