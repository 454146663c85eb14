// S7: a request's headers choose a mode and nothing else. No link, cookie or redirect is ever built from them.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPayLink } from '#core/recovery/pay-links.ts'
import { createInvite } from '#core/sessions/create-invite.ts'
import { renderEmail } from '#email/render-email.tsx'
import { createApp } from '#src/app.ts'
import { type Bought, buy, download, post } from '#test/support/buy.ts'
import { nobody } from '#test/support/furnish.ts'
import { fill, isPage, routesOf } from '#test/support/routes.ts'
import { checkoutOf, rowsOf } from '#test/support/story.ts'
import { ownForm, pressLink, signIn, type Visit } from '#test/support/visit.ts'
import { createWorld, type World } from '#test/support/world.ts'

let world: World
let bought: Bought
let visit: Visit
let params: Record<string, string>

beforeAll(async () => {
  world = await createWorld()
  bought = await buy(world)
  visit = await signIn(world, bought.customer_id)
  const [payment] = await rowsOf(world, 'payments')
  params = {
    ...nobody,
    business_id: world.business_id,
    subscription_id: bought.subscription_id,
    payment_id: payment?.payment_id ?? '',
    payment_method_id: payment?.payment_method_id ?? '',
    token: 'x',
    pay_link_id: (await createPayLink(await world.fresh(), bought, { purpose: 'method', return_url: null }))
      .pay_link_id,
    checkout_id: (await checkoutOf(world, [{ product: download(900) }])).checkout_id,
  }
})
afterAll(() => world.close())

const forged: Record<string, string> = {
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'gopher',
  'x-forwarded-port': '666',
  'x-forwarded-for': '6.6.6.6',
  'x-forwarded-prefix': '/evil.example',
  'x-original-host': 'evil.example',
  'x-original-url': '/evil.example',
  'x-rewrite-url': '/evil.example',
  'x-host': 'evil.example',
  forwarded: 'for=6.6.6.6;host=evil.example;proto=gopher',
  referer: 'https://evil.example/',
  'accept-language': 'evil.example',
}

const whole = async (answer: Response) => `${JSON.stringify([...answer.headers])}${await answer.text()}`

test('forged headers appear in no page, redirect, cookie or mail', async () => {
  for (const { path } of routesOf(world).filter((route) => isPage(route) && route.method === 'GET')) {
    const url = `${world.urls.base}${fill(path, params)}`
    const answer = await world.app.request(url, { headers: { ...forged, cookie: visit.cookie } })
    expect(answer.status, path).toBeLessThan(500)
    expect(await whole(answer), path).not.toMatch(/evil\.example|gopher|:666\b|"666"/)
  }
  const headers = { ...ownForm(world), ...forged, authorization: `Bearer ${world.api_key}` }
  const body = new URLSearchParams({ email: 'mara@northwind.example' })
  await world.app.request(world.urls.login(world.business_id), { method: 'POST', headers, body })
  const session = `${world.urls.api()}/customers/${bought.customer_id}/customer-portal/session?send_email=true`
  const made = await world.app.request(session, { method: 'POST', headers })
  expect(await made.text()).toContain(`${world.urls.base}/session/`)
  await world.work()
  const mails = await rowsOf(world, 'emails')
  expect(mails.map(({ template }) => template).sort()).toEqual(['invite', 'receipt', 'sign-in'])
  for (const mail of mails) {
    const { html, text } = await renderEmail(await world.fresh(), mail)
    const led = mail.template === 'receipt' ? world.business_id : 'session'
    expect(html + text).toContain(`${world.urls.base}/${led}/`)
    expect(html + text).not.toMatch(/evil\.example|gopher/)
  }
})

describe('another host', () => {
  const foreign = [
    'evil.example',
    'localhost.evil.example',
    'localhost:3001',
    'evil.example:3000',
    '[::2]:3000',
    '10.0.0.1:3000',
  ]
  test.each(foreign)('%s is told that it is not served here, whatever it asks for', async (host) => {
    for (const path of [
      '/',
      `/${world.business_id}/`,
      '/api/customers',
      '/hooks/sandbox/x',
      '/assets/portal.css',
      '/dev/mail',
      '/login/x',
    ]) {
      for (const method of ['GET', 'POST']) {
        const headers = { cookie: visit.cookie, authorization: `Bearer ${world.api_key}` }
        const answer = await world.app.request(`http://${host}${path}`, { method, headers })
        expect(answer.status, `${method} ${path}`).toBe(421)
        expect(answer.headers.getSetCookie()).toEqual([])
        expect(await answer.text()).not.toContain('Mara')
      }
    }
  })

  test('the probes answer on any', async () => {
    for (const path of ['/healthz', '/readyz']) {
      expect((await world.app.request(`http://evil.example${path}`)).status, path).toBe(200)
    }
  })
})

describe('another name of this machine', () => {
  const names = ['127.0.0.1:3000', '[::1]:3000', '127.1.2.3:3000']
  test.each(names)('%s: pages lead to the configured one, the API and webhooks answer', async (host) => {
    const path = `/${world.business_id}/billing-history?page=2`
    const page = await world.app.request(`http://${host}${path}`, { headers: { cookie: visit.cookie } })
    expect([page.status, page.headers.get('location')]).toEqual([307, `${world.urls.base}${path}`])
    const headers = { authorization: `Bearer ${world.api_key}` }
    expect((await world.app.request(`http://${host}/api/customers`, { headers })).status).toBe(200)
    expect(
      (await world.app.request(`http://${host}/hooks/sandbox/${world.business_id}`, { method: 'POST' })).status,
    ).toBe(401)
  })

  test('a path made to look like a host stays on our own', async () => {
    for (const path of [
      '//evil.example/x',
      '/\\evil.example',
      '/%2f%2fevil.example',
      '/@evil.example',
      '//evil.example%2f..',
    ]) {
      const answer = await world.app.request(`http://127.0.0.1:3000${path}`)
      const to = answer.headers.get('location')
      if (to !== null) expect(new URL(to).origin, path).toBe(world.urls.base)
    }
  })

  test('a public test URL has no other names', async () => {
    const config = { test_url: 'https://test.linden.example', live_url: undefined, trusted_proxies: [] }
    const app = createApp({ modes: world.modes, config })
    for (const host of ['localhost:3000', '127.0.0.1', '[::1]', 'test.linden.example:8443']) {
      expect((await app.request(`http://${host}/`)).status, host).toBe(421)
    }
  })
})

test('where to go after signing in is a place of the same business, or the overview', async () => {
  const overview = world.urls.portal.overview(world.business_id)
  const inside = `/${world.business_id}/billing-history`
  for (const [to, expected] of [
    [inside, `${world.urls.base}${inside}`],
    ['//evil.example', overview],
    ['/\\evil.example', overview],
    ['https://evil.example', overview],
    ['/bus_000000000000000000000/', overview],
    [`/${world.business_id}/../login/x`, overview],
  ] as const) {
    await post(world, world.urls.login(world.business_id, { to }), { email: 'mara@northwind.example' })
    await world.work()
    const mail = (await rowsOf(world, 'emails')).at(-1)
    if (mail === undefined) throw new Error('a mail was sent')
    const { text } = await renderEmail(await world.fresh(), mail)
    const link = /\S+\/session\/\S+/.exec(text)?.[0] ?? ''
    expect((await pressLink(world, link)).headers.get('location'), to).toBe(expected)
  }
})

test('a return_url is drawn as a link to press, and never followed by itself or read from an address', async () => {
  const ctx = await world.fresh()
  const { customer_id } = bought
  const url = await createInvite(ctx, { customer_id, return_url: 'https://shop.example/account' })
  const opened = await pressLink(world, `${url}?return_url=https://evil.example`)
  expect(opened.headers.get('location')).toBe(world.urls.portal.overview(world.business_id))
  const cookie = opened.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const overview = `${world.urls.portal.overview(world.business_id)}?return_url=https://evil.example/x`
  const page = await (await world.app.request(overview, { headers: { cookie } })).text()
  expect(page).toContain('href="https://shop.example/account"')
  expect(page).not.toMatch(/href="https:\/\/evil/)
})
