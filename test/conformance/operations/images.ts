// Pictures through the published SDK: an address is asked for, the bytes are put there, and the picture is shown and served.
import type DodoPayments from 'dodopayments'
import { NotFoundError, PermissionDeniedError, UnprocessableEntityError } from 'dodopayments'
import sharp from 'sharp'
import { beforeEach, describe, expect, test } from 'vitest'
import { createProduct } from '#core/catalog/create-product.ts'
import { checkedClient } from '#test/conformance/checked-client.ts'
import { besides } from '#test/support/besides.ts'
import { plan } from '#test/support/buy.ts'
import { paint } from '#test/support/pictures.ts'
import { stage } from '#test/support/stage.ts'
import type { World } from '#test/support/world.ts'

describe('pictures', () => {
  const { newWorld } = stage()
  let world: World
  let client: DodoPayments

  beforeEach(async () => {
    world = await newWorld()
    client = checkedClient(world)
  })

  const product = async () => (await createProduct(await world.fresh(), plan())).product_id
  const put = async (url: string, body: Uint8Array) => {
    const answer = await world.app.request(url, { method: 'PUT', body: new Uint8Array(body) })
    expect([answer.status, await answer.text()]).toEqual([200, ''])
  }
  const served = async (image: string | null | undefined) => {
    const answer = await world.app.request(image ?? '')
    expect(answer.status).toBe(200)
    return sharp(await answer.arrayBuffer()).metadata()
  }

  test('a photograph becomes the product’s: upright, small enough, and without where it was taken', async () => {
    const id = await product()
    const { url, image_id } = await client.products.images.update(id)
    expect(image_id).toBe(null)
    await put(url, await paint('jpeg', 2_000, 1_500, { orientation: 6 }))
    const { image } = await client.products.retrieve(id)
    // Held upright it is 1,500 × 2,000, and 1,600 at most on a side: 1,200 × 1,600.
    expect(image).toMatch(new RegExp(`^${world.urls.base}/assets/${world.business_id}/[0-9a-f]{32}-1200x1600\\.webp$`))
    const shown = await served(image)
    expect(shown).toMatchObject({ format: 'webp', width: 1_200, height: 1_600 })
    expect([shown.exif, shown.xmp, shown.icc, shown.orientation]).toEqual([undefined, undefined, undefined, undefined])
    expect((await client.products.list()).items).toMatchObject([{ product_id: id, image }])
  })

  test('one that was named is shown again by its id, is taken away by null, and is left by silence', async () => {
    const id = await product()
    const first = await client.products.images.update(id, { force_update: true })
    await put(first.url, await paint('png', 100, 80))
    const { image } = await client.products.retrieve(id)
    await client.products.update(id, { image_id: first.image_id ?? null, name: 'Studio' })
    expect(await client.products.retrieve(id)).toMatchObject({ image, name: 'Studio' })
    const second = await client.products.images.update(id, { force_update: true })
    expect(second.image_id).not.toBe(first.image_id)
    await put(second.url, await paint('webp', 90, 90))
    expect((await client.products.retrieve(id)).image).toContain('-90x90.webp')
    await client.products.update(id, { image_id: first.image_id ?? null })
    await client.products.update(id, { name: 'Studio, monthly' })
    expect((await client.products.retrieve(id)).image).toBe(image)
    await client.products.update(id, { image_id: null })
    expect((await client.products.retrieve(id)).image).toBe(null)
    // Whoever has its address still sees it.
    await served(image)
  })

  test('add-ons and collections have theirs', async () => {
    const addon = await client.addons.create({ name: 'Seat', currency: 'USD', price: 800, tax_category: 'saas' })
    const asked = await client.addons.updateImages(addon.id)
    await put(asked.url, await paint('avif'))
    expect((await client.addons.retrieve(addon.id)).image).toContain('-64x48.webp')
    expect((await client.addons.update(addon.id, { image_id: null })).image).toBe(null)
    expect((await client.addons.update(addon.id, { image_id: asked.image_id })).image).toContain('-64x48.webp')

    const groups = [{ products: [{ product_id: await product() }] }]
    const { id } = await client.productCollections.create({ name: 'Plans', groups })
    await put((await client.productCollections.updateImages(id)).url, await paint('gif'))
    const { image } = await client.productCollections.retrieve(id)
    expect(image).toContain('-64x48.webp')
    expect((await client.productCollections.list()).items).toMatchObject([{ id, image }])
    const { image_id } = await client.productCollections.updateImages(id, { force_update: true })
    // Nothing was sent under it yet.
    await expect(client.productCollections.update(id, { image_id: image_id ?? '' })).rejects.toThrow(
      UnprocessableEntityError,
    )
    await client.productCollections.update(id, { image_id: null })
    expect((await client.productCollections.retrieve(id)).image).toBe(null)
  })

  test('a brand has one that mails can show; the primary one shows the logo', async () => {
    const { brand_id } = await client.brands.create({ name: 'Pencils' })
    const { url, image_id } = await client.brands.updateImages(brand_id)
    await put(url, await paint('webp', 400, 100))
    const { image } = await client.brands.retrieve(brand_id)
    expect(await served(image)).toMatchObject({ format: 'png', width: 400, height: 100 })
    expect((await client.brands.update(brand_id, { image_id: null })).image).toBe(null)
    expect((await client.brands.update(brand_id, { image_id })).image).toBe(image)
    await expect(client.brands.updateImages(world.business_id)).rejects.toThrow(PermissionDeniedError)
    const logo = `data:image/png;base64,${(await paint('png', 120, 40)).toString('base64')}`
    await client.patch('/portico/theme', { body: { logo } })
    expect((await client.brands.retrieve(world.business_id)).image).toContain('-120x40.png')
  })

  test('of another business are not there, and ids of nothing or of another kind name none', async () => {
    const id = await product()
    const { url, image_id } = await client.products.images.update(id, { force_update: true })
    await put(url, await paint('png'))
    const stranger = checkedClient(await besides(world, {}))
    await expect(stranger.products.images.update(id)).rejects.toBeInstanceOf(NotFoundError)
    const theirs = (await createProduct(await (await besides(world, {})).fresh(), plan())).product_id
    await expect(client.products.images.update(theirs)).rejects.toBeInstanceOf(NotFoundError)
    const addon = await client.addons.create({ name: 'Seat', currency: 'USD', price: 800, tax_category: 'saas' })
    await expect(client.addons.update(addon.id, { image_id })).rejects.toThrow('image_id names no picture')
    for (const nothing of ['3a1f0f2e-4f7b-4d51-9d7e-0d4f6f3f2b10', 'nonsense', '']) {
      await expect(client.products.update(id, { image_id: nothing })).rejects.toThrow('image_id names no picture')
    }
    expect((await client.products.retrieve(id)).image).toContain('-64x48.webp')
  })
})
