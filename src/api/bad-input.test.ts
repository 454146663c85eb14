// Promise V1: whatever comes in, the answer is a 4xx of this door or a correct result.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { call, everyCall } from '#test/support/api-calls.ts'
import { nobody } from '#test/support/furnish.ts'
import { createWorld, type World } from '#test/support/world.ts'

let world: World
const json = { 'content-type': 'application/json' }
const mara = { email: 'mara@example.com', name: 'Mara' }
const price = { type: 'one_time_price', currency: 'USD', price: 100 }
const product = { name: 'Brush pack', tax_category: 'saas', price }
const monthly = {
  type: 'recurring_price',
  currency: 'USD',
  price: 2900,
  payment_frequency_count: 1,
  payment_frequency_interval: 'Month',
  subscription_period_count: 10,
  subscription_period_interval: 'Year',
}

beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

describe('a body', () => {
  const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
  const wide = (keys: number) =>
    JSON.stringify(Object.fromEntries(Array.from({ length: keys }, (_, n) => [`k${n}`, n])))
  test.each([
    ['half a document', '{"email": "mara@', json, 400, 'MALFORMED_REQUEST'],
    ['nothing', '', json, 400, 'MALFORMED_REQUEST'],
    [
      'bytes that are not UTF-8',
      new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
      json,
      400,
      'MALFORMED_REQUEST',
    ],
    ['NaN', '{"email": NaN}', json, 400, 'MALFORMED_REQUEST'],
    [
      'a form',
      'email=mara%40example.com',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['JSON called text', JSON.stringify(mara), { 'content-type': 'text/plain' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['compressed', '{}', { ...json, 'content-encoding': 'gzip' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['an array', '[]', json, 422, 'INVALID_REQUEST_BODY'],
    ['a string', '"mara"', json, 422, 'INVALID_REQUEST_BODY'],
    ['null', 'null', json, 422, 'INVALID_REQUEST_BODY'],
    ['40 levels', deep(40), json, 422, 'INVALID_REQUEST_BODY'],
    ['40,000 levels', deep(40_000), json, 422, 'INVALID_REQUEST_BODY'],
    ['100,000 brackets', '['.repeat(100_000) + ']'.repeat(100_000), json, 422, 'INVALID_REQUEST_BODY'],
    ['1,200 keys', wide(1_200), json, 422, 'INVALID_REQUEST_BODY'],
    ['300 kB', JSON.stringify({ ...mara, name: 'x'.repeat(300_000) }), json, 413, 'PAYLOAD_TOO_LARGE'],
    ['a length that is none', '{}', { ...json, 'content-length': 'many' }, 413, 'PAYLOAD_TOO_LARGE'],
  ])('of %s', async (_, body, headers, status, code) => {
    const answer = await call(world, '/customers', { method: 'POST', body, headers })
    expect([answer.status, answer.body.code]).toEqual([status, code])
    expect(Object.keys(answer.body)).toEqual(['code', 'message'])
  })

  test('that streams on beyond its limit is cut off', async () => {
    let sent = 0
    const body = new ReadableStream({
      pull(controller) {
        sent += 1
        if (sent > 1_000) controller.close()
        else controller.enqueue(new Uint8Array(10_000).fill(0x20))
      },
    })
    const request = new Request(`${world.urls.api()}/customers`, {
      method: 'POST',
      headers: { ...json, authorization: `Bearer ${world.api_key}` },
      body,
      duplex: 'half',
    } as RequestInit)
    const answer = await world.app.request(request)
    expect(answer.status).toBe(413)
    expect(sent).toBeLessThan(60)
  })

  test.each([
    ['NUL in a value', String.raw`{"email": "a@b.co", "name": "a\u0000b"}`],
    ['NUL in a key', String.raw`{"email": "a@b.co", "name": "a", "metadata": {"a\u0000": 1}}`],
    ['half a surrogate pair', String.raw`{"email": "a@b.co", "name": "\ud83d"}`],
    ['half a pair in an unknown field', String.raw`{"email": "a@b.co", "name": "a", "other": ["\udc00"]}`],
  ])('with %s is refused', async (_, body) => {
    const answer = await call(world, '/customers', { body, headers: json })
    expect([answer.status, answer.body.code]).toEqual([422, 'INVALID_REQUEST_BODY'])
  })

  test('may hold fields nobody knows, and __proto__ reaches nothing', async () => {
    const body =
      '{"email":"p@example.com","name":"P","__proto__":{"polluted":1},"metadata":{"__proto__":"x","a":"b"},"status":"vip"}'
    const answer = await call(world, '/customers', { body, headers: json })
    expect(answer.status).toBe(200)
    expect(answer.body.metadata).toEqual({ a: 'b' })
    expect('polluted' in {}).toBe(false)
  })
})

describe('a field', () => {
  test.each([
    ['name', { email: 'a@b.co' }, 'name is required'],
    ['name', { ...mara, name: '   ' }, 'name must not be blank'],
    ['name', { ...mara, name: '🙂'.repeat(251) }, 'name must be at most 250 characters long'],
    ['name', { ...mara, name: 'a\nb' }, 'name must not hold control characters or line breaks'],
    ['name', { ...mara, name: 7 }, 'name must be a string'],
    [
      'email',
      { ...mara, email: 'mara@example.com, eve@example.com' },
      'email must be one e-mail address, such as mara@example.com',
    ],
    [
      'email',
      { ...mara, email: 'mara@example.com\r\nBcc: eve@example.com' },
      'email must not hold control characters or line breaks',
    ],
    ['email', { ...mara, email: 'mara' }, 'email must be one e-mail address, such as mara@example.com'],
    ['email', { ...mara, email: `${'m'.repeat(250)}@example.com` }, 'email must be at most 254 characters long'],
    [
      'phone_number',
      { ...mara, phone_number: 'call me' },
      'phone_number must be a phone number, such as +46 8 123 456',
    ],
    ['metadata', { ...mara, metadata: { a: [] } }, 'metadata.a is not of a known kind'],
    ['metadata', { ...mara, metadata: { 'a b': 1 } }, 'metadata must have keys of at most 40 letters, digits, _ and -'],
    ['metadata', { ...mara, metadata: { a: 'x'.repeat(501) } }, 'metadata must have values of at most 500 characters'],
    ['metadata', { ...mara, metadata: [] }, 'metadata must be an object'],
  ])('%s of a customer: %#', async (_, body, message) => {
    const answer = await call(world, '/customers', { json: body })
    expect([answer.status, answer.body]).toEqual([422, { code: 'INVALID_REQUEST_BODY', message }])
  })

  test('metadata may not have 51 keys', async () => {
    const metadata = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, n]))
    const answer = await call(world, '/customers', { json: { ...mara, metadata } })
    expect([answer.status, answer.body.code]).toEqual([422, 'MAXIMUM_KEYS_REACHED'])
  })

  test.each([
    [{ ...price, price: 1.5 }, 'price.price must be a whole number'],
    [{ ...price, price: '10' }, 'price.price must be a number'],
    [{ ...price, price: -1 }, 'price.price must be at least 0'],
    [{ ...price, price: 1e12 + 1 }, 'price.price must be at most 1000000000000'],
    [{ ...price, price: Number.POSITIVE_INFINITY }, 'price.price must be a number'],
    [{ ...price, currency: 'usd' }, 'price.currency is not one of the known codes'],
    [{ ...price, type: 'gift' }, 'price.type is not of a known kind'],
    [{ ...price, discount_bps: 10_001 }, 'price.discount_bps must be at most 10000'],
    [
      { ...monthly, payment_frequency_interval: 'month' },
      'price.payment_frequency_interval must be one of Day, Week, Month, Year',
    ],
    [
      { ...monthly, subscription_period_count: 9_999 },
      'price.subscription_period_count must not span more than a hundred years',
    ],
    [
      { ...monthly, subscription_period_count: 1, subscription_period_interval: 'Day' },
      'subscription_period must be at least as long as payment_frequency',
    ],
    [{ type: 'usage_based_price', currency: 'USD' }, 'price.fixed_price is required'],
    [{ ...monthly, trial_amount: 100 }, 'trial_amount needs trial_period_days above 0'],
  ])('price of a product: %#', async (given, message) => {
    const body = JSON.stringify({ ...product, price: given }).replace('null', '1e400')
    const answer = await call(world, '/products', { body, headers: json })
    expect([answer.status, answer.body]).toEqual([422, { code: 'INVALID_REQUEST_BODY', message }])
  })

  test.each([
    ['NOT_FOUND', 404, { ...product, brand_id: 'brnd_0NsYeY7Sb4L4rMIxxKSBz' }],
    ['NOT_FOUND', 404, { ...product, addons: ['adn_0NsYeY7Sb4L4rMIxxKSBz'] }],
  ])('of a product that leads to %s: %#', async (code, status, body) => {
    const answer = await call(world, '/products', { json: body })
    expect([answer.status, answer.body.code]).toEqual([status, code])
  })
})

describe('a checkout', () => {
  let product_id: unknown
  beforeAll(async () => {
    product_id = (await call(world, '/products', { json: { ...product, price: { ...price, price: 1e12 } } })).body
      .product_id
  })
  const cart = (quantity: unknown) => ({ product_cart: [{ product_id, quantity }] })
  test.each([
    ['an empty cart', () => ({ product_cart: [] }), 'PRODUCT_CART_EMTPY'],
    ['nothing of it', () => cart(0), 'INVALID_REQUEST_BODY'],
    ['half of it', () => cart(0.5), 'INVALID_REQUEST_BODY'],
    ['21 lines', () => ({ product_cart: Array(21).fill({ product_id, quantity: 1 }) }), 'INVALID_REQUEST_BODY'],
    [
      'more money than there is',
      () => ({ product_cart: Array(20).fill({ product_id, quantity: 9_000 }) }),
      'INVALID_REQUEST_BODY',
    ],
    ['a way back that is code', () => ({ ...cart(1), return_url: 'javascript:alert(1)' }), 'INVALID_REQUEST_BODY'],
    [
      'a way back with a password',
      () => ({ ...cart(1), return_url: 'https://a:b@example.com/' }),
      'INVALID_REQUEST_BODY',
    ],
    ['nobody for a customer', () => ({ ...cart(1), customer: {} }), 'INVALID_REQUEST_BODY'],
    ['an unknown country', () => ({ ...cart(1), billing_address: { country: 'XX' } }), 'INVALID_REQUEST_BODY'],
    ['a code that nobody made', () => ({ ...cart(1), discount_codes: ['SPRING'] }), 'INVALID_DISCOUNT_CODE'],
    ['a confirmation of nobody', () => ({ ...cart(1), confirm: true }), 'INVALID_REQUEST_PARAMETERS'],
  ])('with %s', async (_, body, code) => {
    const answer = await call(world, '/checkouts', { json: body() })
    expect([answer.status, answer.body.code]).toEqual([422, code])
  })
})

describe('a query', () => {
  test.each([
    ['/customers?page_size=101', 'page_size must be at most 100'],
    ['/customers?page_size=ten', 'page_size must be a whole number'],
    ['/customers?page_size=-1', 'page_size must be a whole number'],
    ['/customers?page_number=999999999', 'page_number must be at most 100000'],
    ['/customers?page_number=1&page_number=2', 'page_number must be sent once'],
    ['/customers?created_at_gte=yesterday', 'created_at_gte must be a time such as 2026-03-31T09:30:00Z'],
    ['/customers?created_at_gte=2026-02-30T00:00:00Z', 'created_at_gte must be a time such as 2026-03-31T09:30:00Z'],
    ['/customers?name=%00', 'Text must not hold the character NUL'],
    ['/payments?status=paid', undefined],
    ['/payments?currency=XXX', 'currency is not one of the known codes'],
    ['/subscriptions?customer_id=%27', 'customer_id is not an id'],
    ['/subscriptions?cancel_at_next_billing_date=yes', 'cancel_at_next_billing_date must be one of true, false'],
  ])('%s', async (path, message) => {
    const answer = await call(world, path)
    expect([answer.status, answer.body.code]).toEqual([422, 'INVALID_QUERY_PARAMS'])
    if (message !== undefined) expect(answer.body.message).toBe(message)
  })

  test.each([
    '/customers?unknown=1',
    '/customers?page_size=0',
    '/payments?status=requires_capture',
    '/customers?name=%25_%ED%A0%80',
  ])('%s is an empty page', async (path) => {
    const answer = await call(world, path)
    expect(answer.status).toBe(200)
    if (!path.includes('unknown')) expect(answer.body.items).toEqual([])
  })
})

test('every operation survives what belongs to none of them', async () => {
  const bodies = [
    '{}',
    '[]',
    'null',
    '7',
    '"x"',
    '{"status":{}}',
    '{"price":[]}',
    '{"metadata":null,"product_cart":{}}',
    '\0',
  ]
  for (const { method, path } of everyCall(nobody)) {
    for (const body of method === 'GET' ? [undefined] : bodies) {
      const answer = await call(world, path, { method, body, headers: json })
      expect(answer.status).toBeLessThan(500)
      if (answer.status >= 400) expect(Object.keys(answer.body)).toEqual(['code', 'message'])
    }
  }
})
