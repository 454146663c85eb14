// Short addresses of products, through the published SDK and the browser that follows them.
import type DodoPayments from 'dodopayments'
import { ConflictError, NotFoundError, UnprocessableEntityError } from 'dodopayments'
import { beforeEach, describe, expect, test } from 'vitest'
import { archiveBusiness } from '#core/businesses/archive-business.ts'
import { createProduct } from '#core/catalog/create-product.ts'
import { checkedClient } from '#test/conformance/checked-client.ts'
import { download, payCheckout, plan, post } from '#test/support/buy.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'
import type { World } from '#test/support/world.ts'

describe('short links', () => {
  const { newWorld } = stage()
  let world: World
  let client: DodoPayments
  let product_id: string

  beforeEach(async () => {
    world = await newWorld()
    client = checkedClient(world)
    product_id = (await createProduct(await world.fresh(), plan({}, { name: 'Studio' }))).product_id
  })

  const look = async (url: string) => {
    const answer = await world.app.request(url)
    return { status: answer.status, page: await answer.text() }
  }
  const checkouts = () => rowsOf(world, 'checkout_sessions')

  test('lead to a checkout that begins with what they say', async () => {
    const static_checkout_params = {
      quantity: '2',
      email: 'mara@northwind.example',
      firstName: 'Mara',
      lastName: 'Lind',
      country: 'SE',
      city: 'Malmö',
      redirect_url: 'https://shop.example.com/thanks?a=1',
      showDiscounts: 'false',
      metadata_source: 'letter',
    }
    const { short_url, full_url } = await client.products.shortLinks.create(product_id, {
      slug: 'studio',
      static_checkout_params,
    })
    expect(short_url).toBe(`${world.urls.base}/buy/${world.business_id}/studio`)
    expect(Object.fromEntries(new URL(full_url).searchParams)).toEqual(static_checkout_params)
    for (const url of [short_url, full_url]) {
      const { status, page } = await look(url)
      expect([status, page.includes('Studio'), page.includes('$60.00')]).toEqual([200, true, true])
    }
    expect(await checkouts()).toEqual([])
    const answer = await post(world, short_url, {})
    const [checkout] = await checkouts()
    expect([answer.status, answer.headers.get('location')]).toEqual([
      303,
      world.urls.checkout(checkout?.checkout_id ?? ''),
    ])
    expect(checkout).toMatchObject({
      product_cart: [{ product_id, quantity: 2 }],
      customer_email: 'mara@northwind.example',
      customer_name: 'Mara Lind',
      billing: { country: 'SE', city: 'Malmö' },
      return_url: 'https://shop.example.com/thanks?a=1',
      allow_discount_code: false,
      metadata: { source: 'letter' },
    })
    await payCheckout(world, checkout?.checkout_id ?? '')
    const [payment] = (await client.payments.list({ page_number: 0 })).items
    expect([payment?.total_amount, payment?.metadata]).toEqual([6000, { source: 'letter' }])
  })

  test('what is written behind the address says who buys and how many, and nothing of the merchant’s', async () => {
    const { short_url } = await client.products.shortLinks.create(product_id, { slug: 'studio' })
    const query = new URLSearchParams({
      quantity: '3',
      email: 'noor@northwind.example',
      redirect_url: 'https://evil.example',
      metadata_paid: 'yes',
      showDiscounts: 'false',
      country: 'XX',
      fullName: '4242 4242 4242 4242',
    })
    const { page } = await look(`${short_url}?${query}`)
    expect(page).toContain('$90.00')
    const action = /<form method="post" action="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? ''
    await post(world, action, {})
    expect((await checkouts())[0]).toMatchObject({
      product_cart: [{ quantity: 3 }],
      customer_email: 'noor@northwind.example',
      customer_name: null,
      return_url: null,
      billing: null,
      allow_discount_code: true,
      metadata: {},
    })
    expect((await look(`${short_url}?quantity=99999&email=x`)).page).toContain('$30.00')
  })

  test('what the link locks is kept as it was said of the buyer, and asked for where nothing was', async () => {
    const static_checkout_params = { disableEmail: 'true', disableCountry: 'true' }
    const { short_url } = await client.products.shortLinks.create(product_id, {
      slug: 'studio',
      static_checkout_params,
    })
    const { page } = await look(`${short_url}?email=noor@northwind.example`)
    const action = /<form method="post" action="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? ''
    await post(world, action, {})
    expect((await checkouts())[0]?.page_rules?.locked).toEqual(['email'])
  })

  test('a slug is taken once in a business, and another may have it too', async () => {
    await client.products.shortLinks.create(product_id, { slug: 'studio' })
    const other = (await createProduct(await world.fresh(), download(900))).product_id
    await expect(client.products.shortLinks.create(other, { slug: 'studio' })).rejects.toThrow(ConflictError)
    await client.products.shortLinks.create(other, { slug: 'brushes' })
    const slugs = async (query: object) =>
      (await client.products.shortLinks.list({ page_number: 0, ...query })).items.map(({ short_url }) =>
        short_url.split('/').at(-1),
      )
    expect(await slugs({})).toEqual(['brushes', 'studio'])
    expect(await slugs({ product_id: other })).toEqual(['brushes'])
    const neighbour = await newWorld()
    const theirs = (await createProduct(await neighbour.fresh(), plan({ price: 100 }))).product_id
    const { short_url } = await checkedClient(neighbour).products.shortLinks.create(theirs, { slug: 'studio' })
    expect((await look(short_url)).page).toContain('$1.00')
    await expect(client.products.shortLinks.create(theirs, { slug: 'theirs' })).rejects.toThrow(NotFoundError)
  })

  test.each([
    [{ slug: 'No Good' }],
    [{ slug: '' }],
    [{ slug: 'a', static_checkout_params: { disableEmail: 'yes' } }],
    [{ slug: 'a', static_checkout_params: { quantity: '0' } }],
    [{ slug: 'a', static_checkout_params: { redirect_url: 'javascript:alert(1)' } }],
    [{ slug: 'a', static_checkout_params: { city: 'Malmö' } }],
    [{ slug: 'a', static_checkout_params: { paymentAmount: '500' } }],
  ])('%j is refused', async (body) => {
    await expect(client.products.shortLinks.create(product_id, body)).rejects.toThrow(UnprocessableEntityError)
    expect(await rowsOf(world, 'short_links')).toEqual([])
  })

  test('what is not sold any more is said kindly, and begins nothing', async () => {
    const { short_url } = await client.products.shortLinks.create(product_id, { slug: 'studio' })
    await client.products.archive(product_id)
    const { status, page } = await look(short_url)
    expect([status, page.includes('not sold any more')]).toEqual([410, true])
    expect((await post(world, short_url, {})).status).toBe(410)
    await client.products.unarchive(product_id)
    expect((await look(short_url)).status).toBe(200)
    await archiveBusiness(await world.fresh())
    expect((await look(short_url)).status).toBe(410)
    expect((await look(`${short_url}s`)).status).toBe(404)
    expect(await checkouts()).toEqual([])
  })
})
