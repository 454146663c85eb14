// Brands through the published SDK: who has them, what tells them, and what becomes of them.
import type DodoPayments from 'dodopayments'
import { ConflictError, NotFoundError, PermissionDeniedError, UnprocessableEntityError } from 'dodopayments'
import { beforeEach, describe, expect, test } from 'vitest'
import { checkedClient } from '#test/conformance/checked-client.ts'
import { monthly } from '#test/conformance/prices.ts'
import { payCheckout } from '#test/support/buy.ts'
import { stage } from '#test/support/stage.ts'
import type { World } from '#test/support/world.ts'

describe('brands', () => {
  const { newWorld } = stage()
  let world: World
  let client: DodoPayments
  let pencils: string

  beforeEach(async () => {
    world = await newWorld({ startsAt: '2026-01-01T10:00:00Z' })
    client = checkedClient(world)
    pencils = (await client.brands.create({ name: 'Pencils', support_email: 'pencils@linden.example' })).brand_id
  })

  const make = (name: string, brand_id?: string) =>
    client.products.create({
      name,
      tax_category: 'saas',
      price: monthly,
      license_key_enabled: true,
      ...(brand_id === undefined ? {} : { brand_id }),
    })
  const buy = async (product_id: string) => {
    const { session_id } = await client.checkoutSessions.create({ product_cart: [{ product_id, quantity: 1 }] })
    await payCheckout(world, session_id)
    const [subscription] = (await client.subscriptions.list({ page_number: 0, product_id })).items
    return subscription?.subscription_id ?? ''
  }

  test('the business is the primary one, which is changed elsewhere', async () => {
    const { items } = await client.brands.list()
    expect(items.map(({ brand_id, name }) => [brand_id, name])).toEqual([
      [world.business_id, 'Linden Studio'],
      [pencils, 'Pencils'],
    ])
    const primary = await client.brands.retrieve(world.business_id)
    expect(primary).toMatchObject({ enabled: true, statement_descriptor: 'Linden Studio', archived_at: null })
    await expect(client.brands.update(world.business_id, { name: 'X' })).rejects.toThrow(PermissionDeniedError)
    await expect(client.brands.archive(world.business_id, {})).rejects.toThrow(PermissionDeniedError)
  })

  test('are changed, and what no bank would print is refused', async () => {
    const changed = await client.brands.update(pencils, { url: 'https://pencils.example', support_email: null })
    expect(changed).toMatchObject({ name: 'Pencils', url: 'https://pencils.example', support_email: null })
    expect(await client.brands.retrieve(pencils)).toEqual(changed)
    const printed = await client.brands.update(pencils, { statement_descriptor: 'LINDEN PENCILS' })
    expect(printed.statement_descriptor).toBe('LINDEN PENCILS')
    await expect(client.brands.update(pencils, { statement_descriptor: 'P' })).rejects.toThrow(UnprocessableEntityError)
    const stranger = checkedClient(await newWorld())
    await expect(stranger.brands.retrieve(pencils)).rejects.toThrow(NotFoundError)
    await expect(stranger.brands.update(pencils, { name: 'Mine' })).rejects.toThrow(NotFoundError)
    await expect(stranger.brands.archive(pencils, {})).rejects.toThrow(NotFoundError)
    const price = { ...monthly }
    const stolen = stranger.products.create({ name: 'X', tax_category: 'saas', price, brand_id: pencils })
    await expect(stolen).rejects.toThrow(NotFoundError)
  })

  test('of a product are told by everything that comes of it, and narrow lists', async () => {
    const { product_id, brand_id } = await make('Graphite', pencils)
    expect(brand_id).toBe(pencils)
    const plain = await make('Studio')
    const subscription_id = await buy(product_id)
    await buy(plain.product_id)
    const subscription = await client.subscriptions.retrieve(subscription_id)
    const [payment] = (await client.payments.list({ subscription_id })).items
    const refund = await client.refunds.create({ payment_id: payment?.payment_id ?? '' })
    const keys = (await client.licenseKeys.list({ product_id })).items
    const [grant] = (await client.customers.listEntitlementGrants(subscription.customer.customer_id)).items.filter(
      (each) => each.subscription_id === subscription_id,
    )
    const told = [
      subscription,
      payment,
      await client.payments.retrieve(payment?.payment_id ?? ''),
      refund,
      ...keys,
      grant,
    ]
    expect(told.map((each) => each?.brand_id)).toEqual(told.map(() => pencils))
    for (const [brand, name] of [
      [pencils, 'Graphite'],
      [world.business_id, 'Studio'],
    ] as const) {
      const page = { page_number: 0, brand_id: brand }
      expect((await client.products.list(page)).items.map((each) => each.name)).toEqual([name])
      expect((await client.subscriptions.list(page)).items.map((each) => each.product_name)).toEqual([name])
      expect((await client.payments.list(page)).items.map((each) => each.brand_id)).toEqual([brand])
    }
    expect((await client.payments.list({ brand_id: 'brnd_nobody' })).items).toEqual([])
  })

  test('stand on their checkouts, which mix none', async () => {
    const { product_id } = await make('Graphite', pencils)
    const other = await client.products.create({
      name: 'Brushes',
      tax_category: 'saas',
      price: { type: 'one_time_price', currency: 'USD', price: 900, discount: 0, purchasing_power_parity: false },
    })
    const cart = [product_id, other.product_id].map((id) => ({ product_id: id, quantity: 1 }))
    await expect(client.checkoutSessions.create({ product_cart: cart })).rejects.toThrow('422')
    const { checkout_url } = await client.checkoutSessions.create({ product_cart: cart.slice(0, 1) })
    const page = await (await world.app.request(checkout_url ?? '')).text()
    expect(page).toContain('pencils@linden.example')
    expect(page).toContain('Pencils')
    expect(page).not.toContain('Linden Studio')
  })

  test('are archived for good, and what they hold moves', async () => {
    const { product_id } = await make('Graphite', pencils)
    const collection = await client.productCollections.create({
      name: 'Plans',
      brand_id: pencils,
      groups: [{ products: [{ product_id }] }],
    })
    expect(collection.brand_id).toBe(pencils)
    const subscription_id = await buy(product_id)
    await expect(client.brands.archive(pencils, {})).rejects.toThrow(UnprocessableEntityError)
    await expect(client.brands.archive(pencils, { move_products_to: pencils })).rejects.toThrow('422')
    const ink = (await client.brands.create({ name: 'Ink' })).brand_id
    const archived = await client.brands.archive(pencils, { move_products_to: ink })
    expect(archived).toMatchObject({
      brand_id: pencils,
      moved_to_brand_id: ink,
      products_moved: 1,
      collections_moved: 1,
      subscriptions_moved: 1,
    })
    expect((await client.subscriptions.retrieve(subscription_id)).brand_id).toBe(ink)
    expect((await client.productCollections.retrieve(collection.id)).brand_id).toBe(ink)
    const names = async (include_archived: boolean) =>
      (await client.brands.list({ include_archived })).items.map(({ name }) => name)
    expect(await names(false)).toEqual(['Linden Studio', 'Ink'])
    expect(await names(true)).toEqual(['Linden Studio', 'Ink', 'Pencils'])
    await expect(client.brands.archive(pencils, {})).rejects.toThrow(ConflictError)
    await expect(make('More', pencils)).rejects.toThrow(UnprocessableEntityError)
    const moved = client.brands.archive(ink, { move_products_to: pencils })
    await expect(moved).rejects.toThrow(UnprocessableEntityError)
    expect(await client.brands.archive(ink, { move_products_to: world.business_id })).toMatchObject({
      products_moved: 1,
    })
    expect((await client.products.retrieve(product_id)).brand_id).toBe(world.business_id)
  })
})
