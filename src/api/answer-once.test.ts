// Requests that carry an Idempotency-Key, over HTTP.
import { beforeEach, describe, expect, test } from 'vitest'
import { eraseCustomer } from '#core/erasure/erase-customer.ts'
import { activateLicense } from '#core/licenses/activate-license.ts'
import { prune } from '#core/retention/prune.ts'
import { appWith, atTransaction, lose } from '#test/support/app-with.ts'
import { buy, plan } from '#test/support/buy.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

let world: World
beforeEach(async () => {
  world = await newWorld()
})

const mara = { email: 'mara@northwind.example', name: 'Mara' }

interface Sent {
  method?: string
  key?: string | null
  app?: World['app']
  api_key?: string
  retry?: number
}

async function send(
  path: string,
  body: unknown,
  { method = 'POST', key = 'k-1', app = world.app, api_key, retry }: Sent = {},
) {
  const answer = await app.request(`http://localhost:3000/api${path}`, {
    method,
    headers: {
      authorization: `Bearer ${api_key ?? world.api_key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === null ? {} : { 'idempotency-key': key }),
      ...(retry === undefined ? {} : { 'x-stainless-retry-count': String(retry) }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const { status, headers } = answer
  return { status, text: await answer.text(), again: headers.get('x-should-retry'), headers }
}

const replayed = ({ headers }: { headers: Headers }) => headers.get('idempotent-replayed')
const customers = async () => (await rowsOf(world, 'customers')).length

describe('the same key', () => {
  test('and the same body are one request: the first answer again, byte for byte', async () => {
    const first = await send('/customers', mara)
    const second = await send('/customers', mara)
    expect([first.status, replayed(first)]).toEqual([200, null])
    expect([second.status, replayed(second), second.text]).toEqual([200, 'true', first.text])
    expect(second.headers.get('content-type')).toBe(first.headers.get('content-type'))
    expect(await customers()).toBe(1)
    expect((await send('/customers', mara, { key: 'k-2' })).text).not.toBe(first.text)
  })

  test('repeats refusals and empty answers too', async () => {
    const refused = await send('/subscriptions/sub_nobody/change-plan', {
      product_id: 'pdt_none',
      quantity: 1,
      proration_billing_mode: 'prorated_immediately',
    })
    expect(refused.status).toBe(404)
    const { product_id } = await world.client().products.create({
      name: 'Studio',
      tax_category: 'saas',
      price: { type: 'one_time_price', currency: 'USD', price: 500, discount: 0, purchasing_power_parity: false },
    })
    const gone = await send(`/products/${product_id}`, undefined, { method: 'DELETE' })
    const again = await send(`/products/${product_id}`, undefined, { method: 'DELETE' })
    expect([gone.text, again.status, again.text, replayed(again)]).toEqual(['', gone.status, '', 'true'])
  })

  test('and another body, or another query, are refused', async () => {
    await send('/customers', mara)
    const other = await send('/customers', { ...mara, name: 'Kim' })
    expect(other.status).toBe(422)
    expect(JSON.parse(other.text)).toMatchObject({ code: 'INVALID_REQUEST_PARAMETERS' })
    const [{ customer_id = '' } = {}] = await rowsOf(world, 'customers')
    const path = `/customers/${customer_id}/customer-portal/session`
    expect((await send(path, undefined)).status).toBe(200)
    expect((await send(`${path}?send_email=true`, undefined)).status).toBe(422)
    expect(await customers()).toBe(1)
  })

  test('belongs to its business and its route, whichever API key sends it', async () => {
    const other = await newWorld()
    const first = await send('/customers', mara)
    const theirs = await send('/customers', mara, { api_key: other.api_key })
    expect([theirs.status, replayed(theirs)]).toEqual([200, null])
    expect(JSON.parse(theirs.text).business_id).toBe(other.business_id)
    const { customer_id } = JSON.parse(first.text)
    const renamed = await send(`/customers/${customer_id}`, mara, { method: 'PATCH' })
    expect([renamed.status, replayed(renamed)]).toEqual([200, null])
  })

  test('that is no key is refused, and nothing is done', async () => {
    for (const key of ['', 'k'.repeat(256), 'naïve']) {
      expect((await send('/customers', mara, { key })).status, key).toBe(400)
    }
    expect(await customers()).toBe(0)
  })

  test('is not used up by a body that is not valid, or a caller who is not known', async () => {
    expect((await send('/customers', { name: 'Mara' })).status).toBe(422)
    expect((await send('/customers', mara, { api_key: 'portico_test_nobody' })).status).toBe(401)
    expect((await send('/customers', mara)).status).toBe(200)
  })
})

describe('many at once with one key', () => {
  test('one is done; the others hear that it is under way, or its answer', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => send('/customers', mara)))
    for (const { status, again, headers, text } of answers) {
      if (status === 200) continue
      expect([status, again, headers.get('retry-after')]).toEqual([409, 'true', '2'])
      expect(JSON.parse(text).code).toBe('CONFLICT')
    }
    expect(new Set(answers.filter(({ status }) => status === 200).map(({ text }) => text)).size).toBe(1)
    expect(await customers()).toBe(1)
  })
})

describe('a process that dies', () => {
  // Creating a customer is one transaction. The note of the request stands before it, the answer after it.
  const dying = (moment: 'begin' | 'committed') =>
    appWith(world, { db: atTransaction(1, moment, lose, { dead: true }) })

  test('before the deed leaves a request that is done when it comes again', async () => {
    expect((await send('/customers', mara, { app: dying('begin') })).status).toBe(500)
    expect((await send('/customers', mara)).status).toBe(409)
    world.advanceWall({ seconds: 21 })
    expect((await send('/customers', mara)).status).toBe(200)
    expect(await customers()).toBe(1)
  })

  test('after the deed leaves one that is not done twice: whoever asks is told to look', async () => {
    expect((await send('/customers', mara, { app: dying('committed') })).status).toBe(500)
    expect(await customers()).toBe(1)
    world.advanceWall({ seconds: 21 })
    const second = await send('/customers', mara)
    expect([second.status, second.again]).toEqual([409, 'false'])
    expect(JSON.parse(second.text).message).toContain('may have been carried out')
    expect(await customers()).toBe(1)
  })

  test('whoever slept past the lease cannot commit what another has begun anew', async () => {
    let wake = () => {}
    const asleep = new Promise<void>((resolve) => {
      wake = resolve
    })
    const reached = Promise.withResolvers<void>()
    const slow = appWith(world, {
      db: atTransaction(1, 'begin', async () => {
        reached.resolve()
        await asleep
      }),
    })
    const first = send('/customers', mara, { app: slow })
    await reached.promise
    world.advanceWall({ seconds: 21 })
    const second = await send('/customers', mara)
    expect([second.status, replayed(second)]).toEqual([200, null])
    wake()
    expect((await first).status).toBe(409)
    expect((await send('/customers', mara)).text).toBe(second.text)
    expect(await customers()).toBe(1)
  })
})

test('whoever holds a license key has keys of their own', async () => {
  const keys = []
  for (const email of ['mara@northwind.example', 'kim@northwind.example']) {
    await buy(world, plan({}, { license_key_enabled: true }), { email })
  }
  for (const { key } of await rowsOf(world, 'license_keys')) keys.push(key)
  const activate = (license_key = '') =>
    send('/licenses/activate', { license_key, name: 'Mac' }, { api_key: 'none', key: 'this-mac' })
  const [mine, theirs] = [await activate(keys[0]), await activate(keys[1])]
  expect([mine.status, theirs.status]).toEqual([201, 201])
  expect(theirs.text).not.toBe(mine.text)
  expect((await activate(keys[0])).text).toBe(mine.text)
})

describe('what is kept', () => {
  test('says nothing of anybody in clear, and nothing at all of who was erased', async () => {
    const { customer_id, subscription_id } = await buy(world, plan({}, { license_key_enabled: true }), mara)
    await send(`/customers/${customer_id}`, { name: 'Zebulon' }, { method: 'PATCH' })
    await send(`/subscriptions/${subscription_id}`, { metadata: { who: 'Zebulon' } }, { method: 'PATCH' })
    const [key] = await rowsOf(world, 'license_keys')
    const device = await activateLicense(await world.fresh(), key?.key ?? '', 'Zeb’s Mac')
    const path = `/license_key_instances/${device.license_key_instance_id}`
    await send(path, { name: 'Zebulon’s Mac' }, { method: 'PATCH' })
    await send('/customers', { email: 'kim@example.com', name: 'Kim' })
    const kept = await rowsOf(world, 'api_requests')
    expect(kept).toHaveLength(4)
    expect(JSON.stringify(kept)).not.toMatch(/Zebulon|Mara|northwind/i)
    await eraseCustomer(await world.fresh(), customer_id)
    const left = (await rowsOf(world, 'api_requests')).filter(({ answer }) => answer !== null)
    expect(left.map(({ operation }) => operation)).toEqual(['createCustomer'])
    const again = await send(path, { name: 'Zebulon’s Mac' }, { method: 'PATCH' })
    expect([again.status, again.again]).toEqual([409, 'false'])
    expect(JSON.parse(again.text).message).toContain('its answer was erased')
  })

  test('goes after 30 days, when the key is free again; without a key after a day', async () => {
    const first = await send('/customers', mara)
    await send('/customers', mara, { key: null, retry: 0 })
    await prune(world.modes.test.ctx)
    expect(await rowsOf(world, 'api_requests')).toHaveLength(2)
    world.advanceWall({ hours: 24 * 30 - 1 })
    expect(replayed(await send('/customers', mara))).toBe('true')
    await prune(world.modes.test.ctx)
    expect(await rowsOf(world, 'api_requests')).toHaveLength(1)
    world.advanceWall({ hours: 2 })
    const anew = await send('/customers', mara)
    expect([anew.status, replayed(anew)]).toEqual([200, null])
    expect(anew.text).not.toBe(first.text)
    expect(replayed(await send('/customers', mara))).toBe('true')
    world.advanceWall({ hours: 24 * 32 })
    await prune(world.modes.test.ctx)
    expect(await rowsOf(world, 'api_requests')).toEqual([])
  })
})
