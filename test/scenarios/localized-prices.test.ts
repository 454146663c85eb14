// One product, other prices in other currencies and countries.
import { beforeEach, expect, test } from 'vitest'
import { createAddon } from '#core/catalog/create-addon.ts'
import { createProduct } from '#core/catalog/create-product.ts'
import { archiveLocalizedPrice, createLocalizedPrice, updateLocalizedPrice } from '#core/catalog/localized-prices.ts'
import { changePlan } from '#core/plan-changes/change-plan.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import { payCheckout, plan } from '#test/support/buy.ts'
import { offer } from '#test/support/everyday.ts'
import { stage } from '#test/support/stage.ts'
import { capturesOf, rowsOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()
let world: World

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
})

/** 30.00 USD, and 27.00 EUR, or in Switzerland 35.00 CHF. */
async function sell(pricing_mode: 'by_currency' | 'by_country', price = 3000, local = 2700) {
  const ctx = await world.fresh()
  const { product_id } = await createProduct(ctx, plan({ price }, { pricing_mode }))
  const place =
    pricing_mode === 'by_currency' ? { currency: 'EUR', country_code: null } : { currency: 'CHF', country_code: 'CH' }
  const amount = pricing_mode === 'by_currency' ? local : 3500
  const { localized_price_id } = await createLocalizedPrice(ctx, product_id, { ...place, amount })
  return { product_id, localized_price_id }
}

async function subscribe(product_id: string, country: string, billing_currency: string | null = null) {
  const { checkout_id } = await offer(world, product_id, { billing_currency })
  await payCheckout(world, checkout_id, { country })
  return (
    (await rowsOf(world, 'checkout_sessions')).find((row) => row.checkout_id === checkout_id)?.subscription_id ?? ''
  )
}

const price = async (id: string) => {
  const { currency, unit_price } = await getSubscription(await world.fresh(), id)
  return `${unit_price} ${currency}`
}

test('by currency: whoever is to pay in euro pays the euro price, then and at every renewal, whatever becomes of it', async () => {
  const { product_id, localized_price_id } = await sell('by_currency')
  const euro = await subscribe(product_id, 'DE', 'EUR')
  expect(await price(euro)).toBe('2700 EUR')
  expect(await price(await subscribe(product_id, 'US'))).toBe('3000 USD')
  // Nobody made a price in yen.
  expect(await price(await subscribe(product_id, 'JP', 'JPY'))).toBe('3000 USD')
  await updateLocalizedPrice(await world.fresh(), product_id, localized_price_id, { amount: 2900 })
  await world.advanceTo('2026-02-02T00:00:00Z')
  expect((await capturesOf(world)).map(({ amount }) => amount).toSorted()).toEqual([2700, 2700, 3000, 3000, 3000, 3000])
  expect(await price(await subscribe(product_id, 'DE', 'EUR'))).toBe('2900 EUR')
  await archiveLocalizedPrice(await world.fresh(), product_id, localized_price_id)
  expect(await price(await subscribe(product_id, 'DE', 'EUR'))).toBe('3000 USD')
  expect(await brokenInvariants(world)).toEqual([])
})

test('by country: the country of the buyer decides', async () => {
  const { product_id } = await sell('by_country')
  expect(await price(await subscribe(product_id, 'CH'))).toBe('3500 CHF')
  expect(await price(await subscribe(product_id, 'SE'))).toBe('3000 USD')
  // Asked to be paid in dollars, it is the price in dollars.
  expect(await price(await subscribe(product_id, 'CH', 'USD'))).toBe('3000 USD')
})

test('a subscription changes to the price of another plan in its own currency, and to none without one', async () => {
  const basic = await sell('by_currency')
  const pro = await sell('by_currency', 8000, 7200)
  const dollars = (await createProduct(await world.fresh(), plan({ price: 9000 }))).product_id
  const id = await subscribe(basic.product_id, 'DE', 'EUR')
  const to = (product_id: string) => ({
    product_id,
    quantity: 1,
    addons: [],
    effective_at: 'immediately' as const,
    proration_billing_mode: 'difference_immediately' as const,
  })
  await expect(changePlan(await world.fresh(), id, to(dollars))).rejects.toMatchObject({ code: 'UNSUPPORTED_CURRENCY' })
  await changePlan(await world.fresh(), id, to(pro.product_id))
  expect(await price(id)).toBe('7200 EUR')
  // 72.00 − 27.00.
  expect((await capturesOf(world)).map(({ amount }) => amount)).toEqual([2700, 4500])
})

test('an add-on without a price in the currency of the cart is not sold with it', async () => {
  const ctx = await world.fresh()
  const seat = await createAddon(ctx, { name: 'Seat', currency: 'USD', price: 800, tax_category: 'saas' })
  const { product_id } = await createProduct(ctx, plan({}, { pricing_mode: 'by_currency', addons: [seat.addon_id] }))
  await createLocalizedPrice(ctx, product_id, { currency: 'EUR', country_code: null, amount: 2700 })
  const addons = [{ addon_id: seat.addon_id, quantity: 1 }]
  await expect(offer(world, product_id, { billing_currency: 'EUR' }, addons)).rejects.toMatchObject({
    code: 'UNSUPPORTED_CURRENCY',
  })
  expect(await offer(world, product_id, {}, addons)).toMatchObject({ currency: 'USD' })
})
