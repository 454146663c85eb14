// Add-ons, archived products and collections through the published SDK.
import type DodoPayments from 'dodopayments'
import { NotFoundError, UnprocessableEntityError } from 'dodopayments'
import { beforeEach, describe, expect, test } from 'vitest'
import { createProduct } from '#core/catalog/create-product.ts'
import { listPlanChoices } from '#core/collections/list-plan-choices.ts'
import { checkedClient } from '#test/conformance/checked-client.ts'
import { besides } from '#test/support/besides.ts'
import { plan } from '#test/support/buy.ts'
import { offer } from '#test/support/everyday.ts'
import { stage } from '#test/support/stage.ts'
import type { World } from '#test/support/world.ts'

describe('the catalog', () => {
  const { newWorld } = stage()
  let world: World
  let client: DodoPayments

  beforeEach(async () => {
    world = await newWorld()
    client = checkedClient(world)
  })

  const product = async (name: string) => (await createProduct(await world.fresh(), plan({}, { name }))).product_id
  const seat = { name: 'Extra seat', currency: 'USD', price: 800, tax_category: 'saas' } as const

  describe('add-ons', () => {
    test('are created, changed, found and sold with a product', async () => {
      const addon = await client.addons.create({ ...seat, description: 'One more person' })
      expect(await client.addons.update(addon.id, { price: 900, description: null })).toMatchObject({
        ...seat,
        price: 900,
        description: null,
      })
      await client.addons.create({ ...seat, name: 'Priority support' })
      const { items } = await client.addons.list({ page_number: 0 })
      expect(items.map(({ name }) => name)).toEqual(['Priority support', 'Extra seat'])
      const sold = await product('Studio')
      await client.products.update(sold, { addons: [addon.id] })
      expect((await client.products.retrieve(sold)).addons).toEqual([addon.id])
      expect(await client.addons.retrieve(addon.id)).toMatchObject({ price: 900 })
    })

    test('of another business are not there', async () => {
      const { id } = await client.addons.create(seat)
      const stranger = checkedClient(await besides(world, {}))
      await expect(stranger.addons.retrieve(id)).rejects.toBeInstanceOf(NotFoundError)
      await expect(stranger.addons.update(id, { price: 1 })).rejects.toBeInstanceOf(NotFoundError)
    })
  })

  test('an archived product is sold no more until it is brought back', async () => {
    const id = await product('Studio')
    await client.products.archive(id)
    await expect(client.products.archive(id)).rejects.toMatchObject({ status: 410 })
    expect((await client.products.list()).items).toEqual([])
    expect((await client.products.list({ archived: true })).items.map(({ product_id }) => product_id)).toEqual([id])
    await expect(offer(world, id)).rejects.toMatchObject({ code: 'PRODUCT_IS_DELETED' })
    await client.products.unarchive(id)
    expect(await offer(world, id)).toMatchObject({ checkout_id: expect.any(String) })
  })

  describe('collections', () => {
    let solo: string
    let team: string
    let yearly: string
    let id: string

    beforeEach(async () => {
      ;[solo, team, yearly] = [await product('Solo'), await product('Team'), await product('Team, yearly')]
      const collection = await client.productCollections.create({
        name: 'Plans',
        on_payment_failure: 'prevent_change',
        groups: [{ group_name: 'Monthly', products: [{ product_id: solo }, { product_id: team }] }],
      })
      expect(collection).toMatchObject({ name: 'Plans', on_payment_failure: 'prevent_change', image: null })
      id = collection.id
    })

    const groups = async () => (await client.productCollections.retrieve(id)).groups
    const names = async () =>
      (await groups()).map(({ group_name, products }) => [group_name, ...products.map((p) => p.name)])
    const choices = async (of: string) => (await listPlanChoices(await world.fresh(), of)).map((one) => one.product_id)

    test('are edited group by group and product by product', async () => {
      const added = await client.productCollections.groups.create(id, {
        group_name: 'Yearly',
        products: [{ product_id: yearly }],
      })
      expect(await names()).toEqual([
        ['Monthly', 'Solo', 'Team'],
        ['Yearly', 'Team, yearly'],
      ])
      const [monthly] = await groups()
      if (monthly === undefined) throw new Error('there is a group')
      const order = {
        group_order: [added.group_id, monthly.group_id],
        name: 'All plans',
        description: 'Change at any time',
      }
      await client.productCollections.update(id, order)
      const product_order = monthly.products.map((one) => one.id).toReversed()
      await client.productCollections.groups.update(monthly.group_id, { id, group_name: null, product_order })
      expect(await names()).toEqual([
        ['Yearly', 'Team, yearly'],
        [null, 'Team', 'Solo'],
      ])
      expect(await choices(solo)).toEqual([yearly, team, solo])
      const [first] = product_order
      await client.productCollections.groups.items.update(first ?? '', {
        id,
        group_id: monthly.group_id,
        status: false,
      })
      expect(await choices(solo)).toEqual([yearly, solo])
      await client.productCollections.groups.update(added.group_id, { id, status: false })
      expect(await choices(solo)).toEqual([solo])
      await client.productCollections.groups.items.delete(first ?? '', { id, group_id: monthly.group_id })
      const back = await client.productCollections.groups.items.create(monthly.group_id, {
        id,
        products: [{ product_id: team }],
      })
      expect(back).toMatchObject([{ product_id: team, status: true, is_recurring: true, addons_count: 0 }])
      await client.productCollections.groups.delete(added.group_id, { id })
      expect(await names()).toEqual([[null, 'Solo', 'Team']])
      expect((await client.productCollections.list()).items).toMatchObject([
        { id, name: 'All plans', products_count: 2 },
      ])
    })

    test('keep a product for themselves, their last product, and their names apart', async () => {
      const other = { name: 'Others', groups: [{ products: [{ product_id: solo }] }] }
      await expect(client.productCollections.create(other)).rejects.toThrow(
        `The product ${solo} is in the collection ${id}`,
      )
      const [{ group_id, products } = { group_id: '', products: [] }] = await groups()
      const [one, two] = products.map((item) => item.id)
      await client.productCollections.groups.items.delete(one ?? '', { id, group_id })
      const last = client.productCollections.groups.items.delete(two ?? '', { id, group_id })
      await expect(last).rejects.toThrow('A collection needs at least one product')
      await expect(client.productCollections.groups.delete(group_id, { id })).rejects.toBeInstanceOf(
        UnprocessableEntityError,
      )
      const twin = { group_name: 'Monthly', products: [{ product_id: yearly }] }
      await expect(client.productCollections.groups.create(id, twin)).rejects.toThrow('has a group "Monthly" already')
      await expect(client.productCollections.update(id, { group_order: [group_id, group_id] })).rejects.toThrow(
        'group_order',
      )
      await expect(client.productCollections.groups.update('nonsense', { id, status: false })).rejects.toBeInstanceOf(
        NotFoundError,
      )
      await expect(client.productCollections.create({ name: 'None', groups: [] })).rejects.toMatchObject({
        status: 422,
      })
    })

    test('are put away, and come back with the products that did not move on', async () => {
      await client.productCollections.delete(id)
      await expect(client.productCollections.delete(id)).rejects.toMatchObject({ status: 410 })
      expect((await client.products.retrieve(solo)).product_collection_id).toBe(null)
      expect(await choices(solo)).toEqual([])
      const next = await client.productCollections.create({
        name: 'New plans',
        groups: [{ products: [{ product_id: solo }] }],
      })
      expect((await client.products.retrieve(solo)).product_collection_id).toBe(next.id)
      const answer = await client.productCollections.unarchive(id)
      expect(answer).toMatchObject({ collection_id: id, excluded_product_ids: [solo] })
      expect(await names()).toEqual([['Monthly', 'Team']])
      expect(await choices(solo)).toEqual([solo])
    })

    test('of another business are not there', async () => {
      const stranger = checkedClient(await besides(world, {}))
      const [{ group_id, products } = { group_id: '', products: [] }] = await groups()
      const item = products[0]?.id ?? ''
      const tries = await Promise.allSettled([
        stranger.productCollections.retrieve(id),
        stranger.productCollections.update(id, { name: 'Mine' }),
        stranger.productCollections.delete(id),
        stranger.productCollections.unarchive(id),
        stranger.productCollections.groups.create(id, { products: [{ product_id: solo }] }),
        stranger.productCollections.groups.update(group_id, { id, status: false }),
        stranger.productCollections.groups.delete(group_id, { id }),
        stranger.productCollections.groups.items.create(group_id, { id, products: [{ product_id: yearly }] }),
        stranger.productCollections.groups.items.update(item, { id, group_id, status: false }),
        stranger.productCollections.groups.items.delete(item, { id, group_id }),
      ])
      for (const one of tries) expect(one).toMatchObject({ status: 'rejected', reason: expect.any(NotFoundError) })
      expect(await names()).toEqual([['Monthly', 'Solo', 'Team']])
    })
  })

  describe('localized prices', () => {
    test('are made where the product says how they are chosen, once for each place', async () => {
      const id = await product('Studio')
      const prices = client.products.localizedPrices
      await expect(prices.create(id, { amount: 2700, currency: 'EUR' })).rejects.toThrow('pricing_mode')
      await client.products.update(id, { pricing_mode: 'by_currency' })
      expect((await client.products.retrieve(id)).pricing_mode).toBe('by_currency')
      const euro = await prices.create(id, { amount: 2700, currency: 'EUR' })
      expect(euro).toMatchObject({
        amount: 2700,
        currency: 'EUR',
        country_code: null,
        mode: 'by_currency',
        product_id: id,
      })
      await expect(prices.create(id, { amount: 1, currency: 'EUR' })).rejects.toMatchObject({ status: 409 })
      await expect(prices.create(id, { amount: 1, currency: 'CHF', country_code: 'CH' })).rejects.toMatchObject({
        status: 422,
      })
      expect(await prices.update(euro.id, { product_id: id, amount: 2900 })).toMatchObject({ amount: 2900 })
      expect((await prices.list(id)).items).toMatchObject([{ id: euro.id, amount: 2900 }])
      await prices.archive(euro.id, { product_id: id })
      expect((await prices.list(id)).items).toEqual([])
      await expect(prices.retrieve(euro.id, { product_id: id })).rejects.toBeInstanceOf(NotFoundError)
    })

    test('of another business, or of another product, are not there', async () => {
      const id = await product('Studio')
      await client.products.update(id, { pricing_mode: 'by_currency' })
      const euro = await client.products.localizedPrices.create(id, { amount: 2700, currency: 'EUR' })
      const other = { product_id: await product('Other') }
      await expect(client.products.localizedPrices.retrieve(euro.id, other)).rejects.toBeInstanceOf(NotFoundError)
      const stranger = checkedClient(await besides(world, {})).products.localizedPrices
      await expect(stranger.update(euro.id, { product_id: id, amount: 1 })).rejects.toBeInstanceOf(NotFoundError)
      expect(await client.products.localizedPrices.retrieve(euro.id, { product_id: id })).toEqual(euro)
    })
  })
})
