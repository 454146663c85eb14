// T3: test and live are disjoint, though one process serves both.
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createProduct } from '#core/catalog/create-product.ts'
import { getProduct } from '#core/catalog/queries.ts'
import { createCheckout } from '#core/checkout/create-checkout.ts'
import { listCustomers } from '#core/customers/queries.ts'
import { createEntitlement } from '#core/entitlements/create-entitlement.ts'
import { addFile } from '#core/files/add-file.ts'
import { expectFile } from '#core/files/expect-file.ts'
import { downloadLink } from '#core/files/file-link.ts'
import { addressForImage } from '#core/images/upload-address.ts'
import { createInvite } from '#core/sessions/create-invite.ts'
import { advanceTestClock, startTestClock } from '#core/test-clock/advance-test-clock.ts'
import { plan } from '#test/support/buy.ts'
import { createLiveWorld, type LiveWorld, type Side } from '#test/support/live-world.ts'
import { drawPng } from '#test/support/pictures.ts'

let world: LiveWorld
beforeAll(async () => {
  world = await createLiveWorld()
})
afterAll(() => world.close())

const sides = ['test', 'live'] as const
const other = (side: 'test' | 'live') => (side === 'test' ? 'live' : 'test')

const api = (at: Side, key: string, path: string) =>
  world.app.request(`${at.ctx.urls.api()}${path}`, { headers: { authorization: `Bearer ${key}` } })

const own = (side: Side) => ({ origin: side.ctx.urls.base, 'sec-fetch-site': 'same-origin' })

async function press(link: string, side: Side) {
  const body = new URLSearchParams({ continue: 'yes' })
  return world.app.request(link, { method: 'POST', headers: own(side), body })
}

const cookieOf = (answer: Response) => answer.headers.getSetCookie().find((line) => line.includes('session='))

describe.each(sides)('what belongs to %s mode', (mode) => {
  let here: Side
  let there: Side
  beforeAll(() => {
    here = world[mode]
    there = world[other(mode)]
  })

  test('its key opens it, and not the other', async () => {
    expect((await api(here, here.key, '/customers')).status).toBe(200)
    expect((await api(there, here.key, '/customers')).status).toBe(401)
    const renamed = here.key.replace(`_${mode}_`, `_${other(mode)}_`)
    expect((await api(there, renamed, '/customers')).status).toBe(401)
    expect((await api(here, here.key, `/customers/${there.customer_id}`)).status).toBe(404)
  })

  test('its customers are seen in it only', async () => {
    const names = (await listCustomers(here.ctx, {}, { page_number: 0, page_size: 10 })).map(({ name }) => name)
    expect(names).toEqual([`Mara in ${mode}`])
  })

  test('its links, sessions and tokens are nothing in the other', async () => {
    const link = await createInvite(here.ctx, { customer_id: here.customer_id })
    const moved = link.replace(here.ctx.urls.base, there.ctx.urls.base)
    expect((await world.app.request(moved)).status).toBe(404)
    expect((await press(moved, there)).status).toBe(404)
    const cookie = cookieOf(await press(link, here))?.split(';')[0] ?? ''
    expect(cookie).toContain(`portico_${mode}_session=`)
    const overview = (side: Side, value: string) =>
      world.app.request(side.ctx.urls.portal.overview(world.business_id), { headers: { cookie: value } })
    expect((await overview(here, cookie)).status).toBe(200)
    const value = cookie.split('=')[1]
    const names = ['portico_test_session', 'portico_live_session', '__Host-portico_live_session']
    expect((await overview(there, names.map((name) => `${name}=${value}`).join('; '))).status).toBe(401)
  })

  test('its checkouts are not there in the other', async () => {
    const { product_id } = await createProduct(here.ctx, plan())
    const product_cart = [{ product_id, quantity: 1, addons: [], amount: null }]
    const { checkout_id } = await createCheckout(here.ctx, { product_cart })
    expect((await world.app.request(here.ctx.urls.checkout(checkout_id))).status).toBe(200)
    expect((await world.app.request(there.ctx.urls.checkout(checkout_id))).status).toBe(404)
  })

  test('its pictures and the addresses to send them to are nothing in the other', async () => {
    const { product_id } = await createProduct(here.ctx, plan())
    const { url } = await addressForImage(here.ctx, 'products', product_id)
    const body = new Uint8Array(drawPng(20, mode === 'test' ? 20 : 21))
    const put = (to: string) => world.app.request(to, { method: 'PUT', body })
    const moved = (address: string) => address.replace(here.ctx.urls.base, there.ctx.urls.base)
    expect((await put(moved(url))).status).toBe(403)
    expect((await put(url)).status).toBe(200)
    const image = here.ctx.urls.image(world.business_id, (await getProduct(here.ctx, product_id)).image ?? '')
    expect((await world.app.request(image)).status).toBe(200)
    expect((await world.app.request(moved(image))).status).toBe(404)
  })

  test('its files and the addresses of them are nothing in the other', async () => {
    const { entitlement_id } = await createEntitlement(here.ctx, {
      ...{ name: 'Brushes', description: null, integration_type: 'digital_files', metadata: {} },
      integration_config: { external_url: null, instructions: null },
    })
    const content = Readable.from([Buffer.from(mode)])
    const file_id = await addFile(here.ctx, entitlement_id, { filename: 'a.txt', content_type: null, content })
    const { download_url } = downloadLink(here.ctx, file_id, entitlement_id)
    const moved = (address: string) => address.replace(here.ctx.urls.base, there.ctx.urls.base)
    expect(await (await world.app.request(download_url)).text()).toBe(mode)
    expect((await world.app.request(moved(download_url))).status).toBe(403)
    const { product_id } = await createProduct(here.ctx, plan())
    const { url } = await expectFile(here.ctx, product_id, 'b.txt')
    expect((await world.app.request(moved(url), { method: 'PUT', body: 'x' })).status).toBe(403)
    expect((await world.app.request(url, { method: 'PUT', body: 'x' })).status).toBe(200)
  })

  test('what it derives from the secret is its own', () => {
    expect(here.ctx.secrets.derive('x', 'y')).not.toEqual(there.ctx.secrets.derive('x', 'y'))
  })

  test('its connection cannot see the other’s tables', async () => {
    const { rows } = await sql<{ path: string }>`select current_setting('search_path') as path`.execute(here.ctx.db)
    expect(rows[0]?.path).not.toContain(other(mode))
  })
})

describe('live mode', () => {
  test('has no simulator, no mailbox, no test clock and no start page', async () => {
    const { ctx, key } = world.live
    const to = '2030-01-01T00:00:00Z'
    const requests: [string, RequestInit?][] = [
      [ctx.urls.mailbox()],
      [ctx.urls.mail('eml_x')],
      [ctx.urls.sandboxPage('page_x')],
      [ctx.urls.sandboxPage('page_x'), { method: 'POST', headers: own(world.live) }],
      [`${ctx.urls.sandboxPage('page_x')}/challenge`],
      [ctx.urls.hook('sandbox', world.business_id), { method: 'POST', body: '{}' }],
      [ctx.urls.dev()],
      [
        `${ctx.urls.api()}/portico/test-clock/advance`,
        {
          method: 'POST',
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
          body: JSON.stringify({ to }),
        },
      ],
    ]
    for (const [url, init] of requests) expect((await world.app.request(url, init)).status, url).toBe(404)
    await expect(advanceTestClock(ctx, Temporal.Instant.from(to))).rejects.toMatchObject({ code: 'UNSUPPORTED_ACTION' })
    await expect(startTestClock(ctx, Temporal.Instant.from(to))).rejects.toMatchObject({ code: 'UNSUPPORTED_ACTION' })
  })

  test('never takes the simulator for a processor, and test mode never takes the real one', () => {
    expect(world.modes.live?.ctx.processors.map(({ name }) => name)).toEqual(['bank'])
    expect(world.modes.test.ctx.processors.map(({ name }) => name)).toEqual(['sandbox'])
  })

  test('ties its cookies to its host, and tells browsers to come by https', async () => {
    const link = await createInvite(world.live.ctx, { customer_id: world.live.customer_id })
    const answer = await press(link, world.live)
    expect(cookieOf(answer)).toMatch(/^__Host-portico_live_session=[^;]+;.*Secure/)
    expect(answer.headers.get('strict-transport-security')).toContain('max-age=')
  })

  test('sells by its own processor', async () => {
    const { ctx } = world.live
    const { product_id } = await createProduct(ctx, plan())
    const product_cart = [{ product_id, quantity: 1, addons: [], amount: null }]
    const { checkout_id } = await createCheckout(ctx, { product_cart })
    const body = new URLSearchParams({ email: 'mara@northwind.example', name: 'Mara', country: 'SE' })
    const url = ctx.urls.checkout(checkout_id)
    const page = await world.app.request(url, { method: 'POST', headers: own(world.live), body })
    const at = page.headers.get('location') ?? ''
    expect(at).toMatch(/^https:\/\/bank\.example\/pay\//)
    world.processor.pay(at.split('/').at(-1) ?? '')
    const back = await world.app.request(ctx.urls.checkoutReturn(checkout_id))
    expect(back.headers.get('location')).toBe(ctx.urls.checkoutDone(checkout_id))
    expect([...world.processor.captured.values()]).toEqual([3000])
  })
})
