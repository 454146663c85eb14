// The address a picture is sent to: who has it may send one, for a while, for one thing, and nothing else.
import { sql } from 'kysely'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { createApiKey } from '#core/api-keys/create-api-key.ts'
import { archiveBrand } from '#core/brands/archive-brand.ts'
import { createBrand } from '#core/brands/create-brand.ts'
import { createAddon } from '#core/catalog/create-addon.ts'
import { createProduct } from '#core/catalog/create-product.ts'
import { updateProduct } from '#core/catalog/update-product.ts'
import { SHOWN_BY } from '#core/images/keep-picture.ts'
import { takeUpload } from '#core/images/take-upload.ts'
import { addressForImage } from '#core/images/upload-address.ts'
import { createShortLink } from '#core/short-links/create-short-link.ts'
import { besides } from '#test/support/besides.ts'
import { plan } from '#test/support/buy.ts'
import { offer } from '#test/support/everyday.ts'
import { drawBomb, drawPng, paint, pictures } from '#test/support/pictures.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

async function asked(world: World) {
  const { product_id } = await createProduct(await world.fresh(), plan())
  return { product_id, url: (await world.client().products.images.update(product_id)).url }
}

async function put(world: World, url: string, body: BodyInit, headers: Record<string, string> = {}) {
  const answer = await world.app.request(url, { method: 'PUT', body, headers, duplex: 'half' } as RequestInit)
  const text = await answer.text()
  return { status: answer.status, code: text === '' ? null : JSON.parse(text).code }
}

const bytes = (picture: Buffer) => new Uint8Array(picture)
const imageOf = async (world: World, product_id: string) =>
  (await rowsOf(world, 'products')).find((row) => row.product_id === product_id)?.image

test('bytes are all it takes, whatever they are called; the last ones sent are the ones that are meant', async () => {
  const world = await newWorld()
  const { product_id, url } = await asked(world)
  expect(await put(world, url, bytes(drawPng(20, 20)))).toEqual({ status: 200, code: null })
  const first = await imageOf(world, product_id)
  expect(first).toContain('-20x20.webp')
  // A client that never heard the answer sends it again.
  expect((await put(world, url, bytes(drawPng(20, 20)), { 'content-type': 'image/png' })).status).toBe(200)
  expect(await imageOf(world, product_id)).toBe(first)
  expect((await put(world, url, bytes(drawPng(30, 20)), { 'content-type': 'application/x-whatever' })).status).toBe(200)
  expect(await imageOf(world, product_id)).toContain('-30x20.webp')
  const [upload, ...others] = await rowsOf(world, 'image_uploads')
  expect([upload?.file, others]).toEqual([await imageOf(world, product_id), []])
  const audited = (await rowsOf(world, 'audit_entries')).filter(({ action }) => action === 'product.updated')
  expect(audited.map(({ actor_type, details }) => [actor_type, details])).toEqual([
    ['api_key', { image: first }],
    ['api_key', { image: first }],
    ['api_key', { image: upload?.file }],
  ])
})

test('what is no picture is refused and nothing is kept', async () => {
  const world = await newWorld()
  const { product_id, url } = await asked(world)
  const refused: [BodyInit, number, string][] = [
    ['', 422, 'INVALID_IMAGE'],
    [bytes(pictures.svg), 422, 'INVALID_IMAGE'],
    ['<!doctype html><script>alert(1)</script>', 422, 'INVALID_IMAGE'],
    [bytes(drawBomb(30_000)), 422, 'INVALID_IMAGE'],
    [bytes((await paint('jpeg', 300, 300)).subarray(0, 900)), 422, 'INVALID_IMAGE'],
    [bytes(Buffer.alloc(2 * 1024 * 1024 + 1)), 413, 'PAYLOAD_TOO_LARGE'],
    [new Blob([bytes(Buffer.alloc(3 * 1024 * 1024))]).stream(), 413, 'PAYLOAD_TOO_LARGE'],
  ]
  for (const [body, status, code] of refused) expect(await put(world, url, body)).toEqual({ status, code })
  expect(await put(world, url, 'x', { 'content-length': '9999999' })).toMatchObject({ status: 413 })
  expect(await imageOf(world, product_id)).toBe(null)
  expect(await rowsOf(world, 'business_images')).toEqual([])
})

test('an upload that breaks off is none', async () => {
  const world = await newWorld()
  const { product_id, url } = await asked(world)
  const broken = new ReadableStream({
    start: (stream) => stream.enqueue(bytes(drawPng(20, 20))),
    pull: (stream) => stream.error(new Error('the socket was closed')),
  })
  expect(await put(world, url, broken)).toEqual({ status: 408, code: 'MALFORMED_REQUEST' })
  expect(await imageOf(world, product_id)).toBe(null)
})

test('an address is for one thing of one business, as it was written', async () => {
  const world = await newWorld()
  const other = await besides(world, {})
  const { product_id, url } = await asked(world)
  const { product_id: second } = await createProduct(await world.fresh(), plan())
  const { product_id: theirs } = await createProduct(await other.fresh(), plan())
  const changed = (name: string, value: string) => {
    const address = new URL(url)
    address.searchParams.set(name, value)
    return address.href
  }
  const forged = [
    url.replace(product_id, second),
    url.replace(world.business_id, other.business_id),
    url.replace(world.business_id, other.business_id).replace(product_id, theirs),
    url.replace('/products/', '/addons/'),
    changed('image_id', crypto.randomUUID()),
    changed('until', '99999999999'),
    changed('until', 'never'),
    changed('by', ''),
    changed('signature', ''),
    changed('signature', 'x'.repeat(43)),
    `${world.urls.base}${new URL(url).pathname}`,
    url.replace(world.business_id, 'bus_none'),
  ]
  for (const address of forged) {
    expect(await put(world, address, bytes(drawPng(20, 20))), address).toEqual({ status: 403, code: 'FORBIDDEN' })
  }
  expect((await put(world, url.replace('/products/', '/customers/'), 'x')).status).toBe(404)
  expect((await world.app.request(url)).status).toBe(404)
  expect(await rowsOf(world, 'business_images')).toEqual([])
  expect(await rowsOf(other, 'business_images')).toEqual([])
})

test('a key that may only read is given none; a brand that is archived meanwhile takes none', async () => {
  const world = await newWorld()
  const { product_id } = await asked(world)
  const { key } = await createApiKey(await world.fresh(), { name: 'looks', read_only: true })
  await expect(world.client(key).products.images.update(product_id)).rejects.toMatchObject({ status: 403 })
  const ctx = await world.fresh()
  const { brand_id } = await createBrand(ctx, { name: 'Pens', description: null, url: null, support_email: null })
  const { url } = await addressForImage(ctx, 'brands', brand_id)
  await archiveBrand(ctx, brand_id, null)
  expect(await put(world, url, bytes(drawPng(20, 20)))).toEqual({ status: 409, code: 'BRAND_NOT_ENABLED' })
  await expect(addressForImage(ctx, 'brands', brand_id)).rejects.toMatchObject({ code: 'BRAND_NOT_ENABLED' })
})

test('two who send to one thing at once both succeed, and one is shown', async () => {
  const world = await newWorld()
  const { product_id, url } = await asked(world)
  const again = (await world.client().products.images.update(product_id)).url
  const both = [put(world, url, bytes(drawPng(21, 20))), put(world, again, bytes(drawPng(22, 20)))]
  expect((await Promise.all(both)).map(({ status }) => status)).toEqual([200, 200])
  expect(await imageOf(world, product_id)).toMatch(/-2[12]x20\.webp$/)
})

test('what one buys is shown small beside its name, under the picture of its brand', async () => {
  const world = await newWorld()
  const ctx = await world.fresh()
  const { brand_id } = await createBrand(ctx, { name: 'Pens', description: null, url: null, support_email: null })
  const { product_id } = await createProduct(ctx, plan({}, { name: 'Nib', brand_id }))
  await createShortLink(ctx, product_id, { slug: 'nib', static_checkout_params: {} })
  const { checkout_id } = await offer(world, product_id)
  const seen = async () => {
    const addresses = [world.urls.buy(world.business_id, 'nib'), world.urls.checkout(checkout_id)]
    return Promise.all(addresses.map(async (url) => (await world.app.request(url)).text()))
  }
  for (const html of await seen()) expect(html).not.toContain('<img')
  await put(world, (await addressForImage(ctx, 'products', product_id)).url, bytes(await paint('jpeg', 900, 600)))
  await put(world, (await addressForImage(ctx, 'brands', brand_id)).url, bytes(await paint('png', 40, 40)))
  const file = await imageOf(world, product_id)
  const thumbnail = world.urls.thumbnail(world.business_id, file ?? '')
  for (const html of await seen()) {
    expect(html).toContain(`<img class="thumb" src="${thumbnail}" alt="" width="48" height="48" loading="lazy"`)
    expect(html).toMatch(/<img class="mark[^>]* src="[^"]*-40x40\.png" alt="(?:Pens)?"/)
  }
  const answer = await world.app.request(thumbnail)
  expect(answer.headers.get('content-type')).toBe('image/webp')
  expect(answer.headers.get('cache-control')).toContain('immutable')
  expect(await sharp(await answer.arrayBuffer()).metadata()).toMatchObject({ width: 168, height: 168 })
  const logo = (await rowsOf(world, 'brands'))[0]?.image ?? ''
  expect((await world.app.request(world.urls.thumbnail(world.business_id, logo))).status).toBe(404)
})

test('a picture that is named while old ones are dropped is shown, or was gone before', async () => {
  const world = await newWorld()
  const ctx = await world.fresh()
  const { product_id } = await createProduct(ctx, plan())
  const { addon_id } = await createAddon(ctx, { name: 'Seat', currency: 'USD', price: 800, tax_category: 'saas' })
  const picture = (at: number) => ({
    file: `${at.toString(16).padStart(32, '0')}-16x16.webp`,
    content: drawPng(16, 16),
    thumbnail: drawPng(16, 16),
  })
  const send = (at: number, image_id: string) =>
    takeUpload(ctx, { place: 'products', id: product_id, image_id }, picture(at))
  const ids: string[] = Array.from({ length: 40 }, () => crypto.randomUUID())
  for (const [at, image_id] of ids.slice(0, 21).entries()) await send(at, image_id)
  const outcomes: string[] = []
  for (const [at, image_id] of ids.slice(21).entries()) {
    const upload = { place: 'addons', id: addon_id, image_id } as const
    // What is sent to the add-on makes the oldest of the product's the one too many, which is named meanwhile.
    const named = updateProduct(ctx, product_id, { image_id: ids[at] ?? null })
    const [outcome, sent] = await Promise.allSettled([named, takeUpload(ctx, upload, picture(21 + at))])
    expect(sent.status).toBe('fulfilled')
    outcomes.push(outcome.status === 'fulfilled' ? 'shown' : outcome.reason.code)
    if (outcome.status === 'fulfilled') expect(await imageOf(world, product_id)).toBe(picture(at).file)
  }
  expect(new Set(outcomes)).toEqual(new Set(outcomes.filter((one) => ['shown', 'INVALID_REQUEST_BODY'].includes(one))))
  expect(await brokenInvariants(world)).toEqual([])
})

test('whatever the database holds to a picture is asked before one is dropped', async () => {
  const { ctx } = await newWorld()
  const { rows } = await sql<{ table: string; column: string }>`
    select c.conrelid::regclass::text as table, a.attname as column from pg_constraint c
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[2]
    where c.confrelid = 'business_images'::regclass and c.confdeltype <> 'c'`.execute(ctx.db)
  const held = rows.map(({ table, column }) => `${table}.${column}`)
  expect(SHOWN_BY.map(([table, column]) => `${table}.${column}`).toSorted()).toEqual(held.toSorted())
})

test('after a quarter of an hour it has ended', async () => {
  const world = await newWorld()
  const { product_id, url } = await asked(world)
  world.advanceWall({ minutes: 14, seconds: 50 })
  expect((await put(world, url, bytes(drawPng(20, 20)))).status).toBe(200)
  world.advanceWall({ seconds: 11 })
  expect(await put(world, url, bytes(drawPng(30, 20)))).toEqual({ status: 403, code: 'FORBIDDEN' })
  expect(await imageOf(world, product_id)).toContain('-20x20.webp')
})
