// T1, T2: what is not yours looks like what is not there. The routes are the app's own list.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCheckout } from '#core/checkout/create-checkout.ts'
import { updateCustomer } from '#core/customers/update-customer.ts'
import { createPayLink } from '#core/recovery/pay-links.ts'
import { createInvite } from '#core/sessions/create-invite.ts'
import { createApp } from '#src/app.ts'
import { besides } from '#test/support/besides.ts'
import { buy, download, payCheckout } from '#test/support/buy.ts'
import { furnish, type Ids, nobody as nobodys } from '#test/support/furnish.ts'
import { fill, isApi, isPortal, type Route, routesOf } from '#test/support/routes.ts'
import { checkoutOf, rowsOf } from '#test/support/story.ts'
import { signIn, type Visit, visitWith } from '#test/support/visit.ts'
import { createWorld, type World } from '#test/support/world.ts'

let world: World
let elsewhere: World
let visit: Visit
let mine: Ids
let ofAnotherCustomer: Ids
let ofAnotherBusiness: Ids
beforeAll(async () => {
  world = await createWorld()
  elsewhere = await besides(world, {})
  mine = await furnish(world)
  ofAnotherCustomer = await furnish(world, { email: 'noor@northwind.example' })
  ofAnotherBusiness = await furnish(elsewhere)
  visit = await signIn(world, mine.customer_id ?? '')
})
afterAll(() => world.close())

/** All that a customer or a key of the world's business could reach by writing. */
async function everything() {
  const tables = [
    'subscriptions',
    'payments',
    'customers',
    'products',
    'dues',
    'access_links',
    'checkout_sessions',
    'license_keys',
    'license_key_instances',
    'credit_balances',
    'wallets',
    'entitlements',
    'entitlement_grants',
    'meters',
    'usage_events',
    'webhook_endpoints',
  ] as const
  const rows = []
  for (const place of [world, elsewhere]) for (const table of tables) rows.push(await rowsOf(place, table))
  return rows
}

/** Status, body and headers without what differs from answer to answer. */
async function describeAnswer(answer: Response, ids: Ids): Promise<string> {
  const headers = [...answer.headers].filter(([name]) => !['x-request-id', 'content-length'].includes(name))
  const text = [answer.status, ...headers.map((pair) => pair.join(': ')), await answer.text()].join('\n')
  const named = Object.values(ids).filter(Boolean)
  return named
    .reduce((told, id) => told.replaceAll(id, '<id>'), text)
    .replaceAll(/nonce(-|=")[^'"]+/g, 'nonce')
    .replaceAll(/x-?ratelimit[^\n]*\n/gi, '')
}

describe('in the portal', () => {
  const routes: Route[] = []
  beforeAll(() => {
    routes.push(...routesOf(world).filter(isPortal))
  })
  const ask = ({ method, path }: Route, ids: Ids) => {
    const url = `${world.urls.base}${fill(path, { business_id: world.business_id, ...ids })}`
    const form = { effective_at: 'immediately', cancellation_feedback: 'other', cancellation_comment: '' }
    return method === 'POST' ? visit.post(url, form) : visit.get(url)
  }

  test('somebody else’s ids, of this business or another, answer like ids of nobody', { timeout: 90_000 }, async () => {
    const before = await everything()
    const ofSomething = routes.filter(({ path }) => /:(?!business_id)/.test(path))
    expect(ofSomething.length).toBeGreaterThanOrEqual(5)
    for (const route of ofSomething) {
      const nobody = await describeAnswer(await ask(route, nobodys), nobodys)
      expect(nobody.slice(0, 3), `${route.method} ${route.path}`).toBe('404')
      for (const ids of [ofAnotherCustomer, ofAnotherBusiness]) {
        expect(await describeAnswer(await ask(route, ids), ids), `${route.method} ${route.path}`).toBe(nobody)
      }
      expect(
        (await visit.get(`${world.urls.base}${fill(route.path, { business_id: world.business_id, ...mine })}`)).status,
      ).not.toBe(401)
    }
    expect(await everything()).toEqual(before)
  })

  test('another business is one where nobody is signed in, and shows nothing of it', async () => {
    for (const route of routes) {
      const path = fill(route.path, { business_id: elsewhere.business_id, ...ofAnotherBusiness })
      const url = `${world.urls.base}${path}`
      const answer = route.method === 'POST' ? await visit.post(url) : await visit.get(url)
      expect(answer.status, `${route.method} ${path}`).toBe(401)
      expect(await answer.text()).not.toContain('Mara')
    }
  })

  test('one’s own ids do answer, so that the above means something', async () => {
    // Back from the processor one is led on.
    for (const route of routes.filter(({ method, path }) => method === 'GET' && !path.endsWith('/return'))) {
      // A wallet is named by its currency.
      const query = route.path.endsWith('/wallet') ? '?currency=USD' : ''
      const path = fill(route.path, { business_id: world.business_id, ...mine }) + query
      // Files lie elsewhere.
      const status = path.endsWith('/files') ? 303 : 200
      expect((await visit.get(`${world.urls.base}${path}`)).status, path).toBe(status)
    }
  })

  test('a cookie that was changed, or another’s token in the form, is nobody', async () => {
    const overview = world.urls.portal.overview(world.business_id)
    const wrong = await visitWith(
      world,
      visit.cookie.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')),
    )
    expect((await wrong.get(overview)).status).toBe(401)
    const noor = await signIn(world, ofAnotherCustomer.customer_id ?? '')
    const page = await (await noor.get(overview)).text()
    const theirs = /name="csrf_token" value="([^"]+)"/.exec(page)?.[1] ?? ''
    const cancel = world.urls.portal.cancellation(world.business_id, mine.subscription_id ?? '')
    expect((await visit.post(cancel, { csrf_token: theirs, effective_at: 'immediately' })).status).toBe(403)
  })
})

describe('in the API', () => {
  const body = { name: 'X', email: 'x@northwind.example', metadata: {}, cancel_at_next_billing_date: true }
  const ask = ({ method, path }: Route, ids: Ids, key = world.api_key, app = world.app) =>
    app.request(`${world.urls.base}${fill(path, { business_id: world.business_id, ...ids })}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
    })

  test('another business’s ids answer like ids of nobody, read or written', async () => {
    const before = await everything()
    const routes = routesOf(world).filter((route) => isApi(route) && route.path.includes(':'))
    expect(routes.length).toBeGreaterThanOrEqual(10)
    for (const route of routes) {
      const nobody = await describeAnswer(await ask(route, nobodys), nobodys)
      expect(['404', '422'], `${route.method} ${route.path}`).toContain(nobody.slice(0, 3))
      expect(await describeAnswer(await ask(route, ofAnotherBusiness), ofAnotherBusiness)).toBe(nobody)
    }
    expect(await everything()).toEqual(before)
  })

  test('no list and no filter shows another business’s rows', async () => {
    const lists = routesOf(world).filter((route) => isApi(route) && route.method === 'GET' && !route.path.includes(':'))
    for (const { path } of lists.filter(({ path }) => !path.endsWith('.json'))) {
      for (const query of [
        '',
        `?customer_id=${ofAnotherBusiness.customer_id}`,
        `?product_id=${ofAnotherBusiness.product_id}`,
      ]) {
        const text = await (await ask({ method: 'GET', path: `${path}${query}` }, {})).text()
        for (const id of Object.values(ofAnotherBusiness)) expect(text, `${path}${query}`).not.toContain(id)
      }
    }
  })

  test('every address wants a key, and takes none that is wrong', async () => {
    const config = { test_url: world.urls.base, live_url: undefined, trusted_proxies: [] }
    const wrong = world.api_key.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
    const keyed = routesOf(world).filter(({ path }) => !/\.json$|\/licenses\//.test(path))
    for (const route of keyed.filter(isApi)) {
      // Wrong keys are counted by address, in each app anew.
      const app = createApp({ modes: world.modes, config })
      expect((await ask(route, mine, wrong, app)).status, `${route.method} ${route.path}`).toBe(401)
    }
  })
})

describe('the database itself', () => {
  test('refuses a reference across businesses', async () => {
    const ctx = await world.fresh()
    const customer_id = ofAnotherBusiness.customer_id ?? ''
    await expect(createInvite(ctx, { customer_id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(updateCustomer(ctx, customer_id, { name: 'X' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const product_cart = [{ product_id: ofAnotherBusiness.product_id ?? '', quantity: 1, addons: [], amount: null }]
    await expect(createCheckout(ctx, { product_cart })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const grant = { business_id: world.business_id, session_id: 'ses_x', customer_id, granted_at: ctx.wall.now() }
    await expect(ctx.db.insertInto('session_grants').values(grant).execute()).rejects.toThrow('foreign key')
    const stolen = ctx.db.updateTable('subscriptions').set({ customer_id }).where('business_id', '=', world.business_id)
    await expect(stolen.execute()).rejects.toThrow('foreign key')
  })
})

test('who holds the address of a checkout learns nothing saved of the customer behind a known e-mail', async () => {
  const ctx = await world.fresh()
  await updateCustomer(ctx, mine.customer_id ?? '', { name: 'Secret Name', phone_number: '+46 8 123 456' })
  const subscribed = await buy(world)
  const { checkout_id } = await checkoutOf(world, [{ product: download(900) }])
  await payCheckout(world, checkout_id)
  const pages = [
    world.urls.checkout(checkout_id),
    world.urls.checkoutReturn(checkout_id),
    world.urls.checkoutDone(checkout_id),
    world.urls.pay((await createPayLink(ctx, subscribed, { purpose: 'method', return_url: null })).pay_link_id),
  ]
  for (const url of pages) {
    const answer = await world.app.request(url)
    expect(await answer.text()).not.toMatch(/Secret Name|123 456|4242/)
    expect(answer.headers.getSetCookie().filter((line) => line.includes('session'))).toEqual([])
  }
})
