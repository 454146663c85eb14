// Files from the merchant to the customer and away again: uploaded in both ways, delivered by a purchase, closed by a refund.
import { randomBytes } from 'node:crypto'
import { readdirSync, readlinkSync } from 'node:fs'
import { beforeEach, describe, expect, test } from 'vitest'
import { createProduct } from '#core/catalog/create-product.ts'
import { createCheckout } from '#core/checkout/create-checkout.ts'
import { createRefund } from '#core/refunds/create-refund.ts'
import { call } from '#test/support/api-calls.ts'
import { download, payCheckout } from '#test/support/buy.ts'
import { formWith, storedNames } from '#test/support/files.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import { signIn } from '#test/support/visit.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()
let world: World
beforeEach(async () => {
  world = await newWorld()
})

const zip = (name: string, bytes: Uint8Array) =>
  new File([bytes as Uint8Array<ArrayBuffer>], name, { type: 'application/zip' })

async function filesEntitlement(place = world): Promise<string> {
  const { id } = await place.client().entitlements.create({
    name: 'Brushes',
    integration_type: 'digital_files',
    integration_config: { digital_file_ids: [], instructions: 'Unpack it.' },
  })
  return id
}

async function uploaded(entitlement_id: string, name: string, bytes: Uint8Array, place = world): Promise<string> {
  const body = formWith(zip(name, bytes))
  return (await place.client().entitlements.files.upload(entitlement_id, { body })).file_id
}

async function soldWith(entitlement_id: string) {
  const { product_id } = await createProduct(await world.fresh(), download(2000, { entitlements: [entitlement_id] }))
  return product_id
}

function isOpen(fd: string, file_id: string): boolean {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`).endsWith(file_id)
  } catch {
    return false
  }
}

const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer())

describe('from the merchant to the customer', () => {
  test('bought, downloaded whole and in part, refunded, closed', async () => {
    const entitlement_id = await filesEntitlement()
    const bytes = randomBytes(700_000)
    const file_id = await uploaded(entitlement_id, 'Pinsel für Öl.zip', bytes)
    const { customer_id } = await buyIt(await soldWith(entitlement_id))
    const [grant] = (await world.client().customers.listEntitlements(customer_id)).items
    const path = world.urls.portal.entitlementFile(world.business_id, grant?.grant_id ?? '', file_id)
    const visit = await signIn(world, customer_id)

    const whole = await visit.get(path)
    expect(whole.status).toBe(200)
    expect(whole.headers.get('content-disposition')).toContain("filename*=UTF-8''Pinsel%20f%C3%BCr%20%C3%96l.zip")
    expect(whole.headers.get('content-type')).toBe('application/zip')
    expect(whole.headers.get('cache-control')).toBe('no-store')
    expect(whole.headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'; sandbox")
    expect((await bytesOf(whole)).equals(bytes)).toBe(true)

    const rest = await world.app.request(path, {
      headers: { cookie: visit.cookie, range: 'bytes=650000-', 'if-range': whole.headers.get('etag') ?? '' },
    })
    expect(rest.status).toBe(206)
    expect(rest.headers.get('content-range')).toBe('bytes 650000-699999/700000')
    expect((await bytesOf(rest)).equals(bytes.subarray(650_000))).toBe(true)
    const head = await world.app.request(path, { method: 'HEAD', headers: { cookie: visit.cookie } })
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '700000'])

    // Who is not signed in, and who is somebody else.
    expect((await world.app.request(path)).status).toBe(401)
    const other = await buyIt(await soldWith(entitlement_id), 'noor@northwind.example')
    expect((await (await signIn(world, other.customer_id)).get(path)).status).toBe(404)

    const told = (await world.client().entitlements.grants.list(entitlement_id, { customer_id })).items[0]
    const [file] = told?.digital_product_delivery?.files ?? []
    expect(file).toMatchObject({ file_id, filename: 'Pinsel für Öl.zip', file_size: 700_000, expires_in: 3600 })
    expect((await bytesOf(await world.app.request(file?.download_url ?? ''))).equals(bytes)).toBe(true)

    await refundAll()
    expect((await visit.get(path)).status).toBe(404)
    expect((await world.app.request(file?.download_url ?? '')).status).toBe(404)
    const after = (await world.client().entitlements.grants.list(entitlement_id, { customer_id })).items[0]
    expect(after).toMatchObject({ status: 'Revoked', digital_product_delivery: { files: [] } })
    expect(await brokenInvariants(world)).toEqual([])
  })

  test.skipIf(process.platform !== 'linux')(
    'who goes away before the end, or before the first byte, leaves nothing open',
    async () => {
      const entitlement_id = await filesEntitlement()
      const file_id = await uploaded(entitlement_id, 'brushes.zip', randomBytes(3_000_000))
      const { integration_config: told } = await world.client().entitlements.retrieve(entitlement_id)
      const { download_url = '' } = ('digital_files' in told && told.digital_files.files[0]) || {}
      const held = () => readdirSync('/proc/self/fd').filter((fd) => isOpen(fd, file_id)).length
      const started = (await world.app.request(download_url)).body?.getReader()
      await started?.read()
      expect(held()).toBe(1)
      await started?.cancel()
      await (await world.app.request(download_url)).body?.cancel()
      await expect.poll(held).toBe(0)
    },
  )

  test('by the product: an address, the bytes once, and the product delivers them', async () => {
    const client = world.client()
    const { product_id } = await createProduct(await world.fresh(), download(2000))
    const { url, file_id } = await client.products.updateFiles(product_id, { file_name: 'brushes.zip' })
    await expect(
      client.products.update(product_id, { digital_product_delivery: { files: [file_id] } }),
    ).rejects.toMatchObject({ status: 409 })
    const bytes = randomBytes(200_000)
    const put = () =>
      world.app.request(url, { method: 'PUT', headers: { 'content-type': 'application/zip' }, body: bytes })
    expect((await put()).status).toBe(200)
    expect((await put()).status).toBe(409)
    await client.products.update(product_id, {
      digital_product_delivery: {
        files: [file_id],
        instructions: 'Unpack it.',
        external_url: 'https://linden.example',
      },
    })
    const product = await client.products.retrieve(product_id)
    expect(product.digital_product_delivery).toMatchObject({
      instructions: 'Unpack it.',
      external_url: 'https://linden.example',
      files: [{ file_id, filename: 'brushes.zip', content_type: 'application/zip', file_size: 200_000 }],
    })
    expect(product.entitlements).toMatchObject([{ integration_type: 'digital_files', name: 'Brush pack' }])
    const { download_url } = product.digital_product_delivery?.files[0] ?? { download_url: '' }
    expect((await bytesOf(await world.app.request(download_url))).equals(bytes)).toBe(true)

    // What is left out stays, null takes it off; who bought keeps it.
    const { customer_id } = await buyIt(product_id)
    await client.products.update(product_id, { digital_product_delivery: { external_url: null } })
    expect((await client.products.retrieve(product_id)).digital_product_delivery).toMatchObject({
      external_url: null,
      instructions: 'Unpack it.',
      files: [{ file_id }],
    })
    await client.products.update(product_id, { digital_product_delivery: null })
    expect(await client.products.retrieve(product_id)).toMatchObject({
      digital_product_delivery: null,
      entitlements: [],
    })
    const [grant] = (await client.customers.listEntitlements(customer_id)).items
    const visit = await signIn(world, customer_id)
    const path = world.urls.portal.entitlementFile(world.business_id, grant?.grant_id ?? '', file_id)
    expect((await visit.get(path)).status).toBe(200)
    // Said anew, it is another delivery: the buyers of before keep theirs.
    await client.products.update(product_id, { digital_product_delivery: { instructions: 'By post.' } })
    expect((await client.products.retrieve(product_id)).digital_product_delivery?.files).toEqual([])
    expect((await visit.get(path)).status).toBe(200)
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('what a product is made with is delivered, and nothing is no delivery', async () => {
    const client = world.client()
    const made = await client.products.create({
      name: 'Brush pack',
      price: { type: 'one_time_price', currency: 'USD', price: 2000, discount: 0, purchasing_power_parity: false },
      tax_category: 'digital_products',
      digital_product_delivery: { external_url: 'https://linden.example/brushes' },
    })
    expect(made.digital_product_delivery).toEqual({
      external_url: 'https://linden.example/brushes',
      instructions: null,
      files: [],
    })
    await client.products.update(made.product_id, { digital_product_delivery: { external_url: null } })
    expect(await client.products.retrieve(made.product_id)).toMatchObject({
      digital_product_delivery: null,
      entitlements: [],
    })
  })
})

describe('taken away', () => {
  test('what the last entitlement lets go of leaves the store, and not before', async () => {
    const [one, other] = [await filesEntitlement(), await filesEntitlement()]
    const file_id = await uploaded(one, 'brushes.zip', randomBytes(1000))
    const client = world.client()
    await client.entitlements.update(other, { integration_config: { digital_file_ids: [file_id] } })
    await client.entitlements.files.delete(file_id, { id: one })
    await world.work()
    expect(await storedNames(world)).toEqual([file_id])
    const again = client.entitlements.files.delete(file_id, { id: one })
    await expect(again).rejects.toMatchObject({ status: 404 })
    await client.entitlements.files.delete(file_id, { id: other })
    expect(await storedNames(world)).toEqual([file_id])
    await world.work()
    expect(await storedNames(world)).toEqual([])
    expect(await rowsOf(world, 'files')).toEqual([])
  })

  test('the two lists: left out they stay, null and a new list replace them', async () => {
    const id = await filesEntitlement()
    const [a, b] = [await uploaded(id, 'a.zip', randomBytes(10)), await uploaded(id, 'b.zip', randomBytes(10))]
    const client = world.client()
    const names = async () => {
      const { integration_config: told } = await client.entitlements.retrieve(id)
      return 'digital_files' in told ? told.digital_files.files.map(({ filename }) => filename) : undefined
    }
    expect(await names()).toEqual(['a.zip', 'b.zip'])
    const set = (lists: object) =>
      client.entitlements.update(id, { integration_config: { digital_file_ids: undefined as never, ...lists } })
    await set({ instructions: 'Unpack them.' })
    expect(await names()).toEqual(['a.zip', 'b.zip'])
    await set({ digital_file_ids: [b], legacy_file_ids: [a, b] })
    expect(await names()).toEqual(['b.zip', 'a.zip'])
    await set({ digital_file_ids: [b] })
    expect(await names()).toEqual(['b.zip', 'a.zip'])
    await set({ legacy_file_ids: null })
    expect(await names()).toEqual(['b.zip'])
    await world.work()
    expect(await storedNames(world)).toEqual([b])
  })

  test('changed by several at once, it is what the last one said', async () => {
    const id = await filesEntitlement()
    const ids = await Promise.all(['a.zip', 'b.zip', 'c.zip'].map((name) => uploaded(id, name, randomBytes(10))))
    const client = world.client()
    const lists = [ids, ids.toReversed(), ids.slice(1), ids.slice(0, 2)]
    const answers = await Promise.allSettled(
      lists.map((digital_file_ids) => client.entitlements.update(id, { integration_config: { digital_file_ids } })),
    )
    // What one of them lets go of is gone for the next.
    for (const answer of answers) if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ status: 404 })
    expect(answers.some(({ status }) => status === 'fulfilled')).toBe(true)
    await world.work()
    expect(await storedNames(world)).toEqual(
      (await rowsOf(world, 'entitlement_files')).map((row) => row.file_id).sort(),
    )
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('an address nobody used, an upload nobody attached', async () => {
    const { product_id } = await createProduct(await world.fresh(), download(2000))
    const ask = () => world.client().products.updateFiles(product_id, { file_name: 'brushes.zip' })
    const [unused, used] = [await ask(), await ask()]
    await world.app.request(used.url, { method: 'PUT', body: randomBytes(100) })
    world.advanceWall({ minutes: 16 })
    expect((await world.app.request(unused.url, { method: 'PUT', body: randomBytes(100) })).status).toBe(403)
    world.advanceWall({ minutes: 10 })
    await world.work()
    expect((await rowsOf(world, 'files')).map(({ file_id }) => file_id)).toEqual([used.file_id])
    world.advanceWall({ hours: 24 })
    await world.work()
    expect(await rowsOf(world, 'files')).toEqual([])
    expect(await storedNames(world)).toEqual([])
  })
})

async function buyIt(product_id: string, email = 'mara@northwind.example') {
  const product_cart = [{ product_id, quantity: 1, addons: [], amount: null }]
  const { checkout_id } = await createCheckout(await world.fresh(), { product_cart })
  await payCheckout(world, checkout_id, { email })
  const customer_id = (await rowsOf(world, 'customers')).find((row) => row.email === email)?.customer_id ?? ''
  return { customer_id }
}

async function refundAll() {
  for (const { payment_id } of await rowsOf(world, 'payments')) {
    await createRefund(await world.fresh(), { payment_id, items: null, reason: null, metadata: {} })
  }
  await world.work()
}

test('an entitlement of something else holds no files', async () => {
  const { id } = await world.client().entitlements.create({
    name: 'Exports',
    integration_type: 'feature_flag',
    integration_config: { feature_id: 'exports', feature_type: 'boolean' },
  })
  const upload = world.client().entitlements.files.upload(id, { body: formWith(zip('a.zip', randomBytes(10))) })
  await expect(upload).rejects.toMatchObject({ status: 422 })
  expect((await call(world, `/entitlements/${id}/files/none`, { method: 'DELETE' })).status).toBe(422)
})
