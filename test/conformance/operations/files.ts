// Digital files through the published SDK: of an entitlement, of a product, and as a purchase delivers them.
import type DodoPayments from 'dodopayments'
import { NotFoundError, toFile, UnprocessableEntityError } from 'dodopayments'
import { beforeEach, describe, expect, test } from 'vitest'
import { checkedClient } from '#test/conformance/checked-client.ts'
import { buy, download } from '#test/support/buy.ts'
import { formWith } from '#test/support/files.ts'
import { stage } from '#test/support/stage.ts'
import type { World } from '#test/support/world.ts'

describe('files', () => {
  const { newWorld } = stage()
  let world: World
  let client: DodoPayments

  beforeEach(async () => {
    world = await newWorld({ startsAt: '2026-01-31T09:00:00Z' })
    client = checkedClient(world)
  })

  const made = () =>
    client.entitlements.create({
      name: 'Brushes',
      integration_type: 'digital_files',
      integration_config: { digital_file_ids: [], external_url: 'https://linden.example/more' },
    })

  test('are attached to an entitlement, told with an address each, delivered by a purchase, and detached', async () => {
    const { id } = await made()
    const body = formWith(await toFile(Buffer.from('round and flat'), 'brushes.txt', { type: 'text/plain' }))
    const { file_id } = await client.entitlements.files.upload(id, { body })
    const { integration_config: config } = await client.entitlements.retrieve(id)
    if (!('digital_files' in config)) throw new Error('it is of files')
    const [file] = config.digital_files.files
    expect(file).toMatchObject({ file_id, filename: 'brushes.txt', content_type: 'text/plain', file_size: 14 })
    expect(await (await fetchOf(file?.download_url)).text()).toBe('round and flat')
    const { customer_id } = await buy(world, download(4900, { entitlements: [id] }))
    const [grant] = (await client.customers.listEntitlementGrants(customer_id)).items
    expect(grant?.digital_product_delivery).toMatchObject({
      files: [{ file_id, filename: 'brushes.txt' }],
      external_url: 'https://linden.example/more',
    })
    expect(await (await fetchOf(grant?.digital_product_delivery?.files[0]?.download_url)).text()).toBe('round and flat')
    await client.entitlements.files.delete(file_id, { id })
    await expect(client.entitlements.files.delete(file_id, { id })).rejects.toThrow(NotFoundError)
    expect((await fetchOf(file?.download_url)).status).toBe(404)
  })

  test('come by themselves too, under the name beside them', async () => {
    const { id } = await made()
    const headers = { 'content-type': 'application/zip', 'content-disposition': 'attachment; filename="brushes.zip"' }
    const { file_id } = await client.entitlements.files.upload(id, { body: new Uint8Array([80, 75]), headers })
    const { integration_config: config } = await client.entitlements.retrieve(id)
    expect(config).toMatchObject({
      digital_files: { files: [{ file_id, filename: 'brushes.zip', content_type: 'application/zip', file_size: 2 }] },
    })
  })

  test('of a product: an address to put the bytes to, and what the product delivers then', async () => {
    const { product_id } = await client.products.create({
      name: 'Brush pack',
      price: { type: 'one_time_price', currency: 'USD', price: 2000, discount: 0, purchasing_power_parity: false },
      tax_category: 'digital_products',
      digital_product_delivery: { instructions: 'Unpack it.' },
    })
    const { url, file_id } = await client.products.updateFiles(product_id, { file_name: 'brushes.zip' })
    await world.app.request(url, { method: 'PUT', body: 'round and flat' })
    await client.products.update(product_id, { digital_product_delivery: { files: [file_id] } })
    const { digital_product_delivery: told } = await client.products.retrieve(product_id)
    expect(told).toMatchObject({ instructions: 'Unpack it.', files: [{ file_id, file_size: 14 }] })
    await expect(
      client.products.update(product_id, { digital_product_delivery: { files: ['brushes.zip'] } }),
    ).rejects.toThrow(UnprocessableEntityError)
  })

  const fetchOf = async (url = '') => world.app.request(url)
})
