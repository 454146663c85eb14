import { afterAll, beforeAll, expect, test } from 'vitest'
import { call, neighbourOf } from '#test/support/api-calls.ts'
import { createWorld, type World } from '#test/support/world.ts'

let world: World

beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

test('a key of the lowest tier is stopped within a second, told when to come back, and alone in it', async () => {
  const { key } = await neighbourOf(world, '0')
  const first = await call(world, '/customers', { key })
  expect(first.headers.get('x-ratelimit-limit')).toBe('240')
  expect(first.headers.get('x-ratelimit-remaining')).toBe('239')
  const now = Temporal.Now.instant().epochMilliseconds / 1_000
  expect(Number(first.headers.get('x-ratelimit-reset'))).toBeGreaterThan(now)
  expect(Number(first.headers.get('x-ratelimit-reset'))).toBeLessThan(now + 62)
  const answers = await Promise.all(Array.from({ length: 80 }, () => call(world, '/customers', { key })))
  const refused = answers.filter(({ status }) => status === 429)
  expect(refused.length).toBeGreaterThan(0)
  expect(answers.length - refused.length).toBeGreaterThanOrEqual(39)
  expect(refused[0]?.body.code).toBe('TOO_MANY_REQUESTS')
  expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
  expect(refused[0]?.headers.get('x-ratelimit-remaining')).toBe('0')
  const other = await neighbourOf(world, '0')
  expect((await call(world, '/customers', { key: other.key })).status).toBe(200)
})

test('a business without limits is told of none', async () => {
  const answers = await Promise.all(Array.from({ length: 60 }, () => call(world, '/customers')))
  expect(answers.every(({ status }) => status === 200)).toBe(true)
  expect(answers[0]?.headers.has('x-ratelimit-limit')).toBe(false)
})

test('an address without a key is stopped too, and a key from there is not', async () => {
  const answers = await Promise.all(Array.from({ length: 40 }, () => call(world, '/customers', { key: 'guess' })))
  const statuses = new Set(answers.map(({ status }) => status))
  expect(statuses).toEqual(new Set([401, 429]))
  expect((await call(world, '/customers')).status).toBe(200)
  expect((await call(world, '/customers', { key: 'guess', from: '192.0.2.2' })).status).toBe(401)
})

test('whatever is refused is counted and told: what is not there, too long, not to be read, not valid', async () => {
  const { key } = await neighbourOf(world, '0')
  const long = { 'content-type': 'application/json', 'content-length': '9000000' }
  const json = { 'content-type': 'application/json' }
  const asked = [
    () => call(world, '/nope', { key }),
    () => call(world, '/customers', { key, method: 'POST', headers: long, body: '{}' }),
    () => call(world, '/customers', { key, method: 'POST', headers: json, body: '{' }),
    () => call(world, '/customers', { key, json: {} }),
    () => call(world, '/nope', { key: null, from: '192.0.2.3' }),
    () =>
      call(world, '/licenses/validate', { key: null, from: '192.0.2.3', method: 'POST', headers: long, body: '{}' }),
  ]
  const told = []
  for (const ask of asked) {
    const { status, headers } = await ask()
    told.push([status, headers.get('x-ratelimit-remaining')])
  }
  expect(told).toEqual([
    [404, '239'],
    [413, '238'],
    [400, '237'],
    [422, '236'],
    [404, '99'],
    [413, '98'],
  ])
})
