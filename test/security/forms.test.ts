// S4: what changes something comes from a page of ours, in the browser of the one who is signed in; looking changes nothing.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { quoteChange } from '#core/quotes/quote-change.ts'
import { createPayLink } from '#core/recovery/pay-links.ts'
import { createInvite } from '#core/sessions/create-invite.ts'
import { requestSignIn } from '#core/sessions/request-sign-in.ts'
import { createShortLink } from '#core/short-links/create-short-link.ts'
import type { BusinessCtx } from '#src/context.ts'
import { type Bought, buy, download, plan, post } from '#test/support/buy.ts'
import { nobody } from '#test/support/furnish.ts'
import { fill, isPage, isPortal, type Route, routesOf } from '#test/support/routes.ts'
import { checkoutOf, rowsOf } from '#test/support/story.ts'
import { FLOW, ownForm, SESSION, signIn, type Visit } from '#test/support/visit.ts'
import { createWorld, type World } from '#test/support/world.ts'

let world: World
let bought: Bought
let visit: Visit
let params: Record<string, string>

beforeAll(async () => {
  world = await createWorld()
  bought = await buy(world, plan({}, { license_key_enabled: true }))
  const ctx = await world.fresh()
  const link = await createInvite(ctx, { customer_id: bought.customer_id, send_email: true })
  await world.work()
  const { checkout_id } = await checkoutOf(world, [{ product: download(900) }])
  const buyer = { email: 'noor@northwind.example', name: 'Noor', country: 'SE' }
  await post(world, world.urls.checkout(checkout_id), buyer)
  const [payment] = await rowsOf(world, 'payments')
  const [key] = await rowsOf(world, 'license_keys')
  params = {
    ...nobody,
    business_id: world.business_id,
    subscription_id: bought.subscription_id,
    payment_id: payment?.payment_id ?? '',
    payment_method_id: payment?.payment_method_id ?? '',
    quote_id: await quoteOf(ctx),
    license_key_id: key?.license_key_id ?? '',
    token: link.split('/').at(-1) ?? '',
    checkout_id,
    slug: (await createShortLink(ctx, bought.product_id, { slug: 'studio', static_checkout_params: {} })).slug,
    pay_link_id: (await createPayLink(ctx, bought, { purpose: 'method', return_url: null })).pay_link_id,
  }
  visit = await signIn(world, bought.customer_id)
  const grant = (await rowsOf(world, 'session_grants')).at(-1)
  params.session_id = grant?.session_id ?? ''
})
afterAll(() => world.close())

/** The merchant may quote what customers may not ask for here. */
async function quoteOf(ctx: BusinessCtx): Promise<string> {
  const { product_id, subscription_id } = bought
  return (await quoteChange(ctx, subscription_id, { product_id, quantity: 2, addons: [] })).quote_id
}

const urlOf = ({ path }: Route) => `${world.urls.base}${fill(path, params)}`
const pages = () => routesOf(world).filter(isPage)
const posts = () => pages().filter(({ method }) => method === 'POST')

const fields: Record<string, string> = {
  continue: 'yes',
  email: 'mara@northwind.example',
  name: 'Mara',
  country: 'SE',
  effective_at: 'immediately',
  cancellation_feedback: 'other',
  locale: 'en',
  code: '123456',
  customer_id: 'cus_none',
}

/** The whole state, but for when somebody was last seen. */
async function snapshot(): Promise<Record<string, unknown>> {
  const owner = await world.database.connections.connect()
  try {
    const { rows } = await owner.query(
      `select schemaname || '.' || tablename as name from pg_tables where schemaname in ('test', 'live', 'accounts', 'sandbox')
       and tablename not in ('portal_sessions', 'migrations') order by 1`,
    )
    const state: Record<string, unknown> = {}
    for (const { name } of rows as { name: string }[]) {
      const found = await owner.query(`select row_to_json(t)::text as row from ${name} t order by 1`)
      state[name] = found.rows.map(({ row }) => row)
    }
    return state
  } finally {
    await owner.end()
  }
}

test('looking at any page, with GET or HEAD, however often, changes nothing', async () => {
  // Coming back from the processor's page asks the processor what became of the payment, and writes down what it says.
  const quiet = pages().filter(({ method, path }) => method === 'GET' && !path.endsWith('/return'))
  expect(quiet.length).toBeGreaterThanOrEqual(11)
  const before = await snapshot()
  for (const route of quiet) {
    for (const method of ['GET', 'HEAD', 'GET']) {
      const url = `${urlOf(route)}?done=cancelled&continue=yes&csrf_token=x`
      const answer = await world.app.request(url, { method, headers: { cookie: visit.cookie, ...ownForm(world) } })
      expect(answer.status, `${method} ${url}`).toBeLessThan(500)
      if (method === 'HEAD') expect(await answer.text()).toBe('')
    }
  }
  expect(await snapshot()).toEqual(before)
}, 60_000)

const foreign: [string, Record<string, string>][] = [
  ['no word of where it comes from', {}],
  ['another origin', { origin: 'https://evil.example' }],
  ['no origin', { origin: 'null' }],
  ['a page of another site', { 'sec-fetch-site': 'cross-site', origin: 'http://localhost:3000' }],
  ['a neighbouring host', { 'sec-fetch-site': 'same-site', origin: 'http://localhost:3000' }],
  ['a bookmark or an address typed', { 'sec-fetch-site': 'none', origin: 'http://localhost:3000' }],
  ['our origin in front of theirs', { origin: 'http://localhost:3000.evil.example' }],
  ['another scheme', { origin: 'https://localhost:3000' }],
]

test.each(foreign)('a form from %s is refused by every page, and changes nothing', async (_, headers) => {
  const before = await snapshot()
  expect(posts().length).toBeGreaterThanOrEqual(8)
  for (const route of posts()) {
    const answer = await visit.post(urlOf(route), fields, headers)
    expect(answer.status, route.path).toBe(403)
  }
  expect(await snapshot()).toEqual(before)
})

test.each(['', 'x', 'missing'])('behind the sign-in a form with the token %j is refused', async (token) => {
  const before = await snapshot()
  for (const route of posts().filter(isPortal)) {
    const body = new URLSearchParams(fields)
    if (token !== 'missing') body.append('csrf_token', token)
    const headers = { cookie: visit.cookie, ...ownForm(world) }
    const answer = await world.app.request(urlOf(route), { method: 'POST', headers, body })
    expect(answer.status, route.path).toBe(403)
  }
  expect(await snapshot()).toEqual(before)
})

test('a form in JSON or as plain text carries no token, and is refused', async () => {
  const before = await snapshot()
  for (const type of ['application/json', 'text/plain', 'application/xml', '']) {
    for (const route of posts().filter(isPortal)) {
      const headers = { cookie: visit.cookie, ...ownForm(world), ...(type === '' ? {} : { 'content-type': type }) }
      const answer = await world.app.request(urlOf(route), { method: 'POST', headers, body: JSON.stringify(fields) })
      expect([400, 403, 415], `${type} ${route.path}`).toContain(answer.status)
    }
  }
  expect(await snapshot()).toEqual(before)
})

test('a form with a field it does not know is refused as a whole', async () => {
  const cancel = world.urls.portal.cancellation(world.business_id, bought.subscription_id)
  const before = await rowsOf(world, 'subscriptions')
  for (const extra of ['status', 'next_billing_date', 'price', 'customer_id', '__proto__', 'constructor']) {
    const answer = await visit.post(cancel, { effective_at: 'immediately', [extra]: 'x' })
    expect(answer.status, extra).toBe(422)
  }
  expect(await rowsOf(world, 'subscriptions')).toEqual(before)
})

test('no page answers another origin’s script, and none may be framed', async () => {
  for (const route of pages().filter(({ method }) => method === 'GET')) {
    const headers = { origin: 'https://evil.example', cookie: visit.cookie }
    const answer = await world.app.request(urlOf(route), { headers })
    expect(answer.headers.get('access-control-allow-origin'), route.path).toBeNull()
    expect(answer.headers.get('content-security-policy'), route.path).toContain("frame-ancestors 'none'")
    expect(answer.headers.get('cache-control'), route.path).toBe('no-store')
  }
})

test('a personal link is used by a person’s press only: not by being opened, fetched ahead, or sent by a script', async () => {
  const { customer_id } = bought
  const url = await createInvite(await world.fresh(), { customer_id })
  const send = (method: string, headers: Record<string, string>, body?: Record<string, string>) =>
    world.app.request(url, { method, headers, ...(body === undefined ? {} : { body: new URLSearchParams(body) }) })
  for (let n = 0; n < 20; n += 1) await send('GET', {})
  await send('HEAD', {})
  await send('OPTIONS', {})
  await send('GET', { 'sec-purpose': 'prefetch;prerender' })
  await send('POST', {}, { continue: 'yes' })
  await send('POST', ownForm(world), {})
  await send('POST', ownForm(world), { by_person: 'yes', continue: 'yes' })
  await send('POST', ownForm(world), { continue: 'no' })
  const answers = await Promise.all([1, 2].map(() => send('POST', ownForm(world), { continue: 'yes' })))
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 410])
  const opened = answers.find(({ status }) => status === 303)
  const cookie = opened?.headers.getSetCookie().find((line) => line.startsWith(SESSION)) ?? ''
  expect(cookie).toMatch(/HttpOnly/i)
  expect(cookie).toMatch(/SameSite=Lax/i)
  expect(cookie).toMatch(/Path=\//)
  expect(cookie).not.toMatch(/Domain/i)
})

test('the answer to "send me a link" is the same for anybody: status, headers and page', async () => {
  const ask = async (email: string) => {
    const answer = await post(world, world.urls.login(world.business_id), { email })
    const headers = [...answer.headers]
      .filter(([name]) => !['x-request-id', 'content-length'].includes(name))
      .map(
        ([name, value]) => `${name}: ${value.replaceAll(/nonce-[^']+/g, 'nonce').replace(/=[0-9A-Za-z]{43}/, '=flow')}`,
      )
    const page = (await answer.text()).replaceAll(/nonce="[^"]+"/g, 'nonce').replaceAll(email, '<email>')
    return [answer.status, ...headers, page].join('\n')
  }
  const known = await ask('mara@northwind.example')
  expect(known).toContain(FLOW)
  expect(await ask('nina@northwind.example')).toBe(known)
})

test('a code is worth nothing without the cookie of the browser that asked', async () => {
  const ctx = await world.fresh()
  await requestSignIn(ctx, { email: 'mara@northwind.example', locale: 'en', flow: undefined })
  const login = world.urls.loginCode(world.business_id)
  for (const cookie of [undefined, `${FLOW}=x`, `${FLOW}=${'0'.repeat(43)}`]) {
    const answer = await post(world, login, { code: '123456' }, cookie)
    expect([answer.status, answer.headers.getSetCookie().some((line) => line.startsWith(SESSION))]).toEqual([
      422,
      false,
    ])
  }
})
