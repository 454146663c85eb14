// Files that should not be, addresses that should not open, uploads that do not come whole: nothing of them stays.
import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { beforeEach, describe, expect, test } from 'vitest'
import { createProduct } from '#core/catalog/create-product.ts'
import { createApp } from '#src/app.ts'
import { readConfig } from '#src/config.ts'
import { call } from '#test/support/api-calls.ts'
import { sdkOver } from '#test/support/app-with.ts'
import { besides } from '#test/support/besides.ts'
import { download } from '#test/support/buy.ts'
import { formWith, inPieces, storedNames } from '#test/support/files.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()
let world: World
let entitlement_id: string
let product_id: string
beforeEach(async () => {
  world = await newWorld()
  const { id } = await world.client().entitlements.create({
    name: 'Brushes',
    integration_type: 'digital_files',
    integration_config: { digital_file_ids: [] },
  })
  entitlement_id = id
  product_id = (await createProduct(await world.fresh(), download(2000))).product_id
})

const path = () => `/entitlements/${entitlement_id}/files`
const file = (name = 'a.zip', bytes: Uint8Array = randomBytes(1000)) =>
  new File([bytes as Uint8Array<ArrayBuffer>], name)

async function expectNothingStored() {
  world.advanceWall({ hours: 2 })
  await world.work()
  expect(await storedNames(world)).toEqual([])
  expect(await rowsOf(world, 'files')).toEqual([])
  expect(await brokenInvariants(world)).toEqual([])
}

const badNames = [
  '',
  '   ',
  '..',
  'a/b.zip',
  '..\\b.zip',
  'a\r\nb.zip',
  'a\0.zip',
  `${'a'.repeat(300)}.zip`,
  'gpj.\u202egnp',
]

describe('a name no file has', () => {
  test.each(badNames)('%j for a product', async (file_name) => {
    const answer = await call(world, `/products/${product_id}/files`, { method: 'PUT', json: { file_name } })
    expect(answer.status).toBe(422)
    expect(await rowsOf(world, 'files')).toEqual([])
  })

  test.each(badNames)('%j beside the bytes', async (name) => {
    const headers = { 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}` }
    expect((await call(world, path(), { method: 'POST', headers, body: 'x' })).status).toBe(422)
    expect(await rowsOf(world, 'files')).toEqual([])
  })

  // A form cannot say a line break; of a path, browsers of old send the last part.
  test.each(badNames.filter((name) => !/[\r\n\0/\\]/.test(name)))('%j in a form', async (name) => {
    expect((await call(world, path(), { method: 'POST', body: formWith(file(name)) })).status).toBe(422)
    await expectNothingStored()
  })
})

describe('what is no file', () => {
  test.each([
    ['an empty file in a form', () => ({ body: formWith(file('a.zip', new Uint8Array())) })],
    ['two files', () => ({ body: formWith(file(), file('b.zip')) })],
    ['a form without one', () => ({ body: new FormData() })],
    ['a form of words', () => ({ body: new URLSearchParams({ a: 'b' }) })],
    ['bytes without a name', () => ({ body: randomBytes(10) })],
    ['nothing at all', () => ({})],
    ['JSON', () => ({ json: { file: 'a' } })],
    ['an empty body with a name', () => ({ body: '', headers: { 'content-disposition': 'attachment; filename=a' } })],
  ])('%s', async (_, request) => {
    const answer = await call(world, path(), { method: 'POST', ...(request() as object) })
    expect(answer.status, answer.text).toBe(422)
    await expectNothingStored()
  })

  test.each([
    [
      'half a form',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\nab',
    ],
    ['a form without its boundary', 'multipart/form-data', 'x'],
    ['a form that is none', 'multipart/form-data; boundary=x', 'no form'],
  ])('%s', async (_, type, body) => {
    const answer = await call(world, path(), { method: 'POST', headers: { 'content-type': type }, body })
    expect(answer.status, answer.text).toBeGreaterThanOrEqual(400)
    expect(answer.status, answer.text).toBeLessThan(500)
    await expectNothingStored()
  })

  test('compressed on its way', async () => {
    const headers = { 'content-encoding': 'gzip', 'content-disposition': 'attachment; filename=a' }
    expect((await call(world, path(), { method: 'POST', headers, body: 'x' })).status).toBe(415)
    const { url } = await awaited()
    expect((await world.app.request(url, { method: 'PUT', headers, body: 'x' })).status).toBe(415)
  })
})

const awaited = () => world.client().products.updateFiles(product_id, { file_name: 'a.zip' })

describe('too large', () => {
  test('as it says itself: before a byte is read', async () => {
    const headers = { 'content-length': String(501 * 1024 ** 2), 'content-disposition': 'attachment; filename=a' }
    expect((await call(world, path(), { method: 'POST', headers, body: 'x' })).status).toBe(413)
    const { url } = await awaited()
    expect((await world.app.request(url, { method: 'PUT', headers, body: 'x' })).status).toBe(413)
    await expectNothingStored()
  })

  test('as it turns out', async () => {
    const app = smallStore(300_000)
    const headers = { authorization: `Bearer ${world.api_key}`, 'content-disposition': 'attachment; filename=a' }
    const body = randomBytes(300_001)
    const added = await app.request(`${world.urls.api()}${path()}`, { method: 'POST', headers, body })
    expect([added.status, (await added.json()).code]).toEqual([413, 'PAYLOAD_TOO_LARGE'])
    const form = formWith(file('a.zip', body))
    const { authorization } = headers
    const sent = await app.request(`${world.urls.api()}${path()}`, {
      method: 'POST',
      headers: { authorization },
      body: form,
    })
    expect(sent.status).toBe(413)
    const { url } = await awaited()
    expect((await app.request(url, { method: 'PUT', body })).status).toBe(413)
    // The address is good for another try.
    expect((await app.request(url, { method: 'PUT', body: body.subarray(1) })).status).toBe(200)
    world.advanceWall({ hours: 25 })
    await expectNothingStored()
  })
})

/** The same app, over a store that takes less. */
function smallStore(most: number) {
  const { test: runtime } = world.modes
  const { storage } = runtime.ctx
  const ctx = {
    ...runtime.ctx,
    storage: { ...storage, put: (key: string, content: AsyncIterable<Uint8Array>) => storage.put(key, content, most) },
  }
  const config = readConfig({ PORTICO_TEST_URL: world.urls.base })
  return createApp({ modes: { ...world.modes, test: { ...runtime, ctx } }, config })
}

/** A body that ends in the middle. */
const half = () =>
  Readable.toWeb(
    Readable.from(
      (async function* () {
        yield* inPieces(randomBytes(300_000))
        throw new Error('the line went dead')
      })(),
    ),
  ) as ReadableStream<Uint8Array>

describe('broken off', () => {
  test('nothing of it stays, and the same address takes it whole', async () => {
    const { url, file_id } = await awaited()
    const put = (body: BodyInit) => world.app.request(url, { method: 'PUT', body, duplex: 'half' } as RequestInit)
    expect((await put(half())).status).toBe(408)
    expect(await storedNames(world)).toEqual([])
    expect((await put(randomBytes(10))).status).toBe(200)
    expect(await storedNames(world)).toEqual([file_id])
  })

  test('an entitlement has no half of a file', async () => {
    const headers = { 'content-disposition': 'attachment; filename=a.zip' }
    const request = { method: 'POST', headers, body: half() }
    expect((await call(world, path(), request)).status).toBe(408)
    expect(await rowsOf(world, 'entitlement_files')).toEqual([])
    await expectNothingStored()
  })

  test('the process dies while bytes come: two uploads at one address are refused, then all of it goes', async () => {
    const { url } = await awaited()
    let breakOff = () => {}
    const stuck = new ReadableStream({
      start(controller) {
        controller.enqueue(randomBytes(10))
        breakOff = () => controller.error(new Error('gone'))
      },
    })
    const dead = world.app.request(url, { method: 'PUT', body: stuck, duplex: 'half' } as RequestInit)

    await expect.poll(() => storedNames(world)).toHaveLength(1)
    expect((await world.app.request(url, { method: 'PUT', body: 'x' })).status).toBe(409)
    await expectNothingStored()
    // Where a process really dies its files are closed; here it lives on.
    breakOff()
    expect((await dead).status).toBe(408)
    expect(await storedNames(world)).toEqual([])
  })
})

describe('sent again', () => {
  const names = async () => (await rowsOf(world, 'files')).map(({ filename }) => filename)

  test('under one Idempotency-Key it is one file, however large', async () => {
    const named = { 'idempotency-key': 'brushes-1', 'content-disposition': 'attachment; filename=a.zip' }
    const send = (body: Buffer<ArrayBuffer>) =>
      call(world, path(), { method: 'POST', headers: { ...named, 'content-length': String(body.byteLength) }, body })
    const body = randomBytes(600_000)
    const [one, two] = [await send(body), await send(body)]
    expect([one.status, two.status]).toEqual([201, 201])
    expect(two.body).toEqual(one.body)
    expect(two.headers.get('idempotent-replayed')).toBe('true')
    expect(await names()).toEqual(['a.zip'])
    const another = await send(randomBytes(600_001))
    expect(another.status).toBe(422)
  })

  test('by the library, after the answer was lost', async () => {
    const losing = {
      request: async (...asked: Parameters<World['app']['request']>) => {
        const signal = AbortSignal.abort()
        const [to, init] = asked
        await world.app.request(to, { ...(init as RequestInit), signal: undefined })
        await noteLost()
        signal.throwIfAborted()
      },
    } as unknown as World['app']
    const { client, asked } = sdkOver(world, [losing, world.app])
    const { file_id } = await client.entitlements.files.upload(entitlement_id, { body: formWith(file()) })
    expect(asked()).toBe(2)
    expect((await rowsOf(world, 'files')).map((row) => row.file_id)).toEqual([file_id])
  })

  /** What the socket says of a client that went away. */
  async function noteLost() {
    const ctx = await world.fresh()
    await ctx.db
      .updateTable('api_requests')
      .set({ unanswered_at: ctx.wall.now() })
      .where('business_id', '=', world.business_id)
      .execute()
  }
})

describe('an address', () => {
  async function addresses(place = world, of = entitlement_id) {
    const { file_id } = await place.client().entitlements.files.upload(of, { body: formWith(file('page.html')) })
    const { integration_config: told } = await place.client().entitlements.retrieve(of)
    const found = 'digital_files' in told ? told.digital_files.files : []
    return { file_id, url: new URL(found.find((each) => each.file_id === file_id)?.download_url ?? '') }
  }
  const status = async (url: URL | string, method = 'GET') =>
    (await world.app.request(String(url), { method, ...(method === 'PUT' ? { body: 'x' } : {}) })).status

  test('opens this file, for an hour, and no page of ours', async () => {
    const { url } = await addresses()
    const answer = await world.app.request(String(url))
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('application/octet-stream')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment;/)
    await answer.body?.cancel()
    world.advanceWall({ minutes: 61 })
    expect(await status(url)).toBe(403)
  })

  test('of another file, end, business, use or none at all is nobody’s', async () => {
    const mine = await addresses()
    const other = await addresses()
    const elsewhere = await besides(world, {})
    const theirs = await elsewhere.client().entitlements.create({
      name: 'Pens',
      integration_type: 'digital_files',
      integration_config: { digital_file_ids: [] },
    })
    const foreign = await addresses(elsewhere, theirs.id)
    const changed = (change: (url: URL) => void) => {
      const url = new URL(mine.url)
      change(url)
      return url
    }
    const wrong = [
      changed((url) => {
        url.pathname = other.url.pathname
      }),
      changed((url) => {
        url.pathname = foreign.url.pathname
      }),
      changed((url) => {
        url.pathname = url.pathname.replace(world.business_id, elsewhere.business_id)
      }),
      changed((url) => {
        url.pathname = url.pathname.replace(world.business_id, 'bus_0NsYeY7Sb4L4rMIxxKSBz')
      }),
      changed((url) => url.searchParams.set('until', String(Number(url.searchParams.get('until')) + 60))),
      changed((url) => url.searchParams.set('of', theirs.id)),
      changed((url) => url.searchParams.delete('of')),
      changed((url) => url.searchParams.delete('signature')),
      changed((url) => url.searchParams.set('signature', '%00')),
      changed((url) => url.searchParams.set('until', 'never')),
    ]
    for (const url of wrong) expect(await status(url), String(url)).toBe(403)
    expect(await status(mine.url)).toBe(200)
    expect(await status(mine.url, 'PUT')).toBe(403)
    const { url: uploadUrl } = await awaited()
    expect(await status(uploadUrl)).toBe(403)
    expect(await status(`${uploadUrl}0`, 'PUT')).toBe(403)
    const foreignFile = { integration_config: { digital_file_ids: [foreign.file_id] } }
    await expect(world.client().entitlements.update(entitlement_id, foreignFile)).rejects.toMatchObject({ status: 404 })
    const delivery = { digital_product_delivery: { files: [foreign.file_id] } }
    await expect(world.client().products.update(product_id, delivery)).rejects.toMatchObject({ status: 404 })
  })
})
