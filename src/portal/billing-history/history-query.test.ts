import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { AppEnv } from '#src/app-env.ts'
import { filterOf, readHistoryQuery } from './history-query.ts'

async function read(query: string) {
  const app = new Hono<AppEnv>().get('/', (c) => c.json(readHistoryQuery(c)))
  return (await app.request(`/?${query}`)).json()
}

test.each([
  ['', {}],
  ['status=failed&type=usage_based_price&q=%20pro%20', { status: 'failed', type: 'usage_based_price', q: 'pro' }],
  ['status=nothing&type=__proto__&subscription=%27or%201', {}],
  ['from=2026-02-30&to=2026-02-28', { to: '2026-02-28' }],
  ['from=2026-03-31&to=2026-03-01', { from: '2026-03-01', to: '2026-03-31' }],
  [`q=${'a'.repeat(300)}`, { q: 'a'.repeat(100) }],
])('%s', async (query, asked) => {
  expect(await read(query)).toEqual(asked)
})

test('days are the business’s, both included, also where the clocks change', () => {
  const filter = filterOf({ from: '2026-03-29', to: '2026-03-29' }, 'cus_a', 'Europe/Stockholm')
  // 29 March 2026 has 23 hours there.
  expect([String(filter.created_at_gte), String(filter.created_at_lt)]).toEqual([
    '2026-03-28T23:00:00Z',
    '2026-03-29T22:00:00Z',
  ])
})
