import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApiKey } from '#core/api-keys/create-api-key.ts'
import { call, everyCall, type Neighbour, neighbourOf } from '#test/support/api-calls.ts'
import { furnish, nobody } from '#test/support/furnish.ts'
import { createWorld, type World } from '#test/support/world.ts'

let world: World
let neighbour: Neighbour
/** Ids of the world's own business. */
let ours: Record<string, string>

beforeAll(async () => {
  world = await createWorld()
  neighbour = await neighbourOf(world)
  ours = await furnish(world)
})
afterAll(() => world.close())

describe('a caller', () => {
  test.each([
    ['no key', null, {}],
    ['an unknown key', 'portico_test_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', {}],
    ['a live key in test mode', 'portico_live_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', {}],
    ['a key of 5,000 letters', `portico_test_${'A'.repeat(5_000)}`, {}],
    ['another scheme', null, { authorization: 'Basic cG9ydGljbzp0ZXN0' }],
    ['an empty key', null, { authorization: 'Bearer ' }],
  ])('with %s is told so on every operation', async (_, key, headers) => {
    for (const [index, { method, path, json }] of everyCall(ours).entries()) {
      const answer = await call(world, path, { method, key, json, headers, from: `198.51.100.${index}` })
      expect([answer.status, answer.body.code]).toEqual([401, 'UNAUTHORIZED'])
      expect(answer.headers.get('www-authenticate')).toBe('Bearer')
    }
  })

  test('may not send the key in the address', async () => {
    const answer = await call(world, `/customers?api_key=${world.api_key}`, { key: null })
    expect(answer.status).toBe(401)
  })

  test('may write "bearer" as it likes', async () => {
    const answer = await call(world, '/customers', { key: null, headers: { authorization: `bearer ${world.api_key}` } })
    expect(answer.status).toBe(200)
  })

  test('is stopped by the request after its key was revoked', async () => {
    const { api_key_id, key } = await createApiKey(world.ctx, { name: 'short-lived' })
    expect((await call(world, '/customers', { key })).status).toBe(200)
    await world.ctx.db
      .updateTable('api_keys')
      .set({ revoked_at: world.ctx.wall.now() })
      .where('api_key_id', '=', api_key_id)
      .execute()
    expect((await call(world, '/customers', { key })).status).toBe(401)
  })

  test('that may only read is refused on everything else, and changes nothing', async () => {
    const { key } = await createApiKey(world.ctx, { name: 'reader', read_only: true })
    for (const { method, path, json } of everyCall(ours)) {
      const answer = await call(world, path, { method, key, json })
      if (method === 'GET') expect(answer.status, path).toBe(200)
      else expect([answer.status, answer.body.code]).toEqual([403, 'FORBIDDEN'])
    }
    const subscription = await world.client().subscriptions.retrieve(ours.subscription_id ?? '')
    expect(subscription.cancel_at_next_billing_date).toBe(false)
  })
})

describe('ids', () => {
  test('of another business are answered like ids of nobody, on every operation', async () => {
    const theirs = everyCall(ours)
    const nobodys = everyCall(nobody)
    for (const [index, { method, path, template, json }] of theirs.entries()) {
      if (!template.includes('{')) continue
      const foreign = await call(world, path, { method, key: neighbour.key, json })
      const random = await call(world, nobodys[index]?.path ?? '', { method, key: neighbour.key, json })
      expect([foreign.status, foreign.body], `${method} ${template}`).toEqual([404, random.body])
      expect(random.status).toBe(404)
      expect(Object.keys(foreign.body)).toEqual(['code', 'message'])
    }
    expect(theirs.some(({ template }) => template.includes('{'))).toBe(true)
  })

  test('of another business narrow a list to nothing', async () => {
    const filters = ['customer_id', 'subscription_id', 'product_id'].map((name) => `${name}=${ours[name]}`)
    const paths = [
      ...filters.map((filter) => `/payments?${filter}`),
      `/subscriptions?${filters[0]}`,
      `/subscriptions?${filters[2]}`,
    ]
    for (const path of [...paths, '/customers', '/products', '/payments', '/subscriptions']) {
      expect((await call(world, path, { key: neighbour.key })).body).toEqual({ items: [] })
      expect((await call(world, path)).body.items).not.toEqual([])
    }
  })

  test('of another business cannot be sold, bought for or attached', async () => {
    const product = { product_id: ours.product_id, quantity: 1 }
    const foreign = await call(world, '/checkouts', { key: neighbour.key, json: { product_cart: [product] } })
    expect(foreign.status).toBe(404)
    const own = await call(world, '/products', {
      key: neighbour.key,
      json: everyCall(ours).find(({ operation }) => operation === 'createProduct')?.json,
    })
    const cart = [{ product_id: own.body.product_id, quantity: 1 }]
    const customer = { customer_id: ours.customer_id }
    const forThem = await call(world, '/checkouts', { key: neighbour.key, json: { product_cart: cart, customer } })
    const forNobody = await call(world, '/checkouts', {
      key: neighbour.key,
      json: { product_cart: cart, customer: { customer_id: nobody.customer_id } },
    })
    expect([forThem.status, forThem.body]).toEqual([404, forNobody.body])
  })

  test.each([
    'x',
    'cus_short',
    'cus_%00',
    'cus_%ED%A0%80',
    '%E0%A4%A',
    '..%2Fproducts',
    'cus_'.padEnd(3_000, 'A'),
    "cus_' or 1=1--",
  ])('that cannot be one are not found: %s', async (id) => {
    const answer = await call(world, `/customers/${id}`)
    expect([answer.status, answer.body]).toEqual([404, { code: 'NOT_FOUND', message: 'There is no such customer' }])
  })
})

describe('addresses', () => {
  test.each([
    ['GET', '/nope'],
    ['POST', '/balances/ledger'],
    ['GET', '/disputes'],
    ['DELETE', `/customers/${nobody.customer_id}`],
    ['GET', '/'],
    ['GET', ''],
    ['PROPFIND', '/customers'],
  ])('that are not there: %s %s', async (method, path) => {
    const answer = await call(world, path, { method })
    expect([answer.status, answer.body.code]).toEqual([404, 'NOT_FOUND'])
    expect(answer.headers.get('content-type')).toContain('application/json')
    expect(answer.headers.get('x-request-id')).toBeTruthy()
  })

  test('answer HEAD like GET, without a body', async () => {
    const answer = await call(world, '/customers', { method: 'HEAD' })
    expect([answer.status, answer.text]).toEqual([200, ''])
  })
})
