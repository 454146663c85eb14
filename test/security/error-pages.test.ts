// P2, V1: when something of ours breaks, the page says so in plain words, under the same policy as every page, and tells nothing.
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { createApp } from '#src/app.ts'
import { newId } from '#src/ids.ts'
import { buy } from '#test/support/buy.ts'
import { stage } from '#test/support/stage.ts'
import { signIn } from '#test/support/visit.ts'
import { createWorld } from '#test/support/world.ts'

const { newWorld } = stage()

async function brokenWorld() {
  const world = await createWorld()
  onTestFinished(world.close)
  const { customer_id } = await buy(world)
  const visit = await signIn(world, customer_id)
  const written: string[] = []
  const log = pino({}, new Writable({ write: (chunk, _, done) => done(void written.push(String(chunk))) }))
  const modes = { ...world.modes, test: { ...world.modes.test, ctx: { ...world.modes.test.ctx, log } } }
  const app = createApp({ modes, config: { test_url: world.urls.base, live_url: undefined, trusted_proxies: [] } })
  const owner = await world.database.connections.connect()
  await owner.query('drop table test.license_keys cascade')
  await owner.end()
  return { world, visit, app, written }
}

test('a page that fails is a page: policy, no stack, no SQL, a number to ask about', async () => {
  const { world, visit, app } = await brokenWorld()
  const answer = await app.request(world.urls.portal.licenseKey(world.business_id, newId('license_key')), {
    headers: { cookie: visit.cookie },
  })
  const page = await answer.text()
  expect(answer.status).toBe(500)
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(page).toContain(answer.headers.get('x-request-id'))
  expect(page).not.toMatch(/license_keys|relation "|select "|node_modules|\.ts:|at async/)
})

test('what the log says of it names ids, and neither the address, the name, a cookie nor a token', async () => {
  const { world, visit, app, written } = await brokenWorld()
  const url = `${world.urls.portal.licenseKey(world.business_id, newId('license_key'))}?email=mara@northwind.example`
  await app.request(url, { headers: { cookie: visit.cookie, authorization: `Bearer ${world.api_key}` } })
  const told = written.join('')
  expect(told).toContain('request_id')
  for (const secret of ['mara@northwind', 'Mara Lindqvist', visit.cookie.split('=')[1], world.api_key]) {
    expect(told).not.toContain(secret)
  }
})

test.each([
  '/nowhere',
  '/login/bus_000000000000000000000',
  '/checkout/cks_x',
  '/session/x',
  '/assets/nothing.css',
  '/sandbox/pages/x',
])('%s is not there, and says so under the policy', async (path) => {
  const world = await newWorld()
  const answer = await world.app.request(`${world.urls.base}${path}`)
  expect(answer.status).toBe(404)
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
})
