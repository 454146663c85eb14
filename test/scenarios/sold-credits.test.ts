// Credits in the amount a checkout names, in place of what its product grants.
import type DodoPayments from 'dodopayments'
import { UnprocessableEntityError } from 'dodopayments'
import { beforeEach, expect, test } from 'vitest'
import { setBusiness } from '#core/businesses/set-business.ts'
import { createProduct } from '#core/catalog/create-product.ts'
import type { ProductFields } from '#core/catalog/product-columns.ts'
import { createCreditEntitlement } from '#core/credit-entitlements/create-credit-entitlement.ts'
import { checkedClient } from '#test/conformance/checked-client.ts'
import { download, payCheckout, plan } from '#test/support/buy.ts'
import { plainCredits } from '#test/support/credits.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()
let world: World
let client: DodoPayments
let tokens: string
let images: string

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  client = checkedClient(world)
  await setBusiness(world.modes.test.ctx, world.business_id, { country: 'SE' })
  const ctx = await world.fresh()
  tokens = (await createCreditEntitlement(ctx, { ...plainCredits, name: 'Tokens' })).credit_entitlement_id
  images = (await createCreditEntitlement(ctx, { ...plainCredits, name: 'Images' })).credit_entitlement_id
})

const make = async (product: ProductFields) => (await createProduct(await world.fresh(), product)).product_id
const both = () => ({
  credit_entitlements: [
    { credit_entitlement_id: tokens, credits_amount: '100' },
    { credit_entitlement_id: images, credits_amount: '10' },
  ],
})
const monthly = (price = 3000) =>
  plan({ price, payment_frequency_count: 30, payment_frequency_interval: 'Day' }, both())
const named = (credits_amount: string, credit_entitlement_id = tokens) => ({ credit_entitlement_id, credits_amount })

async function buyAs(product_id: string, quantity: number, ...credit_entitlements: ReturnType<typeof named>[]) {
  const cart = { product_cart: [{ product_id, quantity, credit_entitlements }] }
  const shown = (await client.checkoutSessions.preview(cart)).product_cart[0]?.credit_entitlements
  const { session_id } = await client.checkoutSessions.create(cart)
  await payCheckout(world, session_id)
  const subscription = (await rowsOf(world, 'subscriptions')).at(-1)
  return { shown, subscription_id: subscription?.subscription_id ?? '' }
}

/** "01-01 Tokens 250": what was granted, in order. */
async function granted() {
  const names = new Map([
    [tokens, 'Tokens'],
    [images, 'Images'],
  ])
  return (await rowsOf(world, 'credit_grants'))
    .map(({ credit_entitlement_id: id, initial_amount, created_at }) => {
      return `${created_at.toString().slice(5, 10)} ${names.get(id)} ${Number(initial_amount)}`
    })
    .toSorted()
}

test('a subscription keeps the amount it was sold with, period after period; what is not named is the product’s', async () => {
  const product_id = await make(monthly())
  const { shown, subscription_id } = await buyAs(product_id, 2, named('250.0'))
  expect(
    shown?.map(({ credit_entitlement_name, credits_amount }) => [credit_entitlement_name, credits_amount]),
  ).toEqual([
    ['Tokens', '250'],
    ['Images', '10'],
  ])
  // The next one who buys it gets the product's.
  const usual = await client.checkoutSessions.preview({ product_cart: [{ product_id, quantity: 1 }] })
  expect(usual.product_cart[0]?.credit_entitlements.map(({ credits_amount }) => credits_amount)).toEqual(['100', '10'])
  const { credit_entitlement_cart } = await client.subscriptions.retrieve(subscription_id)
  expect(credit_entitlement_cart.map(({ credits_amount }) => credits_amount).toSorted()).toEqual(['20', '500'])
  await world.advanceTo('2026-02-01T00:00:00Z')
  // Two of each: 2 × 250 and 2 × 10, and so again on 31 January.
  expect(await granted()).toEqual(['01-01 Images 20', '01-01 Tokens 500', '01-31 Images 20', '01-31 Tokens 500'])
  expect(await brokenInvariants(world)).toEqual([])
})

test('three in place of two have the amount three times; another plan has its own', async () => {
  const product_id = await make(monthly())
  const { subscription_id } = await buyAs(product_id, 2, named('250'))
  await world.advanceTo('2026-01-16T00:00:00Z')
  const mode = { proration_billing_mode: 'full_immediately' as const }
  await client.subscriptions.changePlan(subscription_id, { product_id, quantity: 3, ...mode })
  expect((await granted()).filter((line) => line.startsWith('01-16'))).toEqual(['01-16 Images 30', '01-16 Tokens 750'])
  const larger = await make(monthly(8000))
  await client.subscriptions.changePlan(subscription_id, { product_id: larger, quantity: 3, ...mode })
  await world.advanceTo('2026-02-16T00:00:00Z')
  expect((await granted()).filter((line) => line.startsWith('02-15'))).toEqual(['02-15 Images 30', '02-15 Tokens 300'])
  expect(await brokenInvariants(world)).toEqual([])
})

test('what is bought once grants it for each', async () => {
  await buyAs(await make(download(900, both())), 3, named('7', images), named('2'))
  expect(await granted()).toEqual(['01-01 Images 21', '01-01 Tokens 6'])
  expect(await brokenInvariants(world)).toEqual([])
})

test('credits that the product does not grant, twice the same, none or less are refused', async () => {
  const product_id = await make(monthly())
  const bare = await make(plan())
  const ask = (id: string, ...credit_entitlements: ReturnType<typeof named>[]) => [
    () => client.checkoutSessions.create({ product_cart: [{ product_id: id, quantity: 1, credit_entitlements }] }),
    () => client.checkoutSessions.preview({ product_cart: [{ product_id: id, quantity: 1, credit_entitlements }] }),
  ]
  const refused = [
    ...ask(bare, named('5')),
    ...ask(product_id, named('5', 'cde_nobodys')),
    ...ask(product_id, named('5'), named('6')),
    ...ask(product_id, named('0')),
    ...ask(product_id, named('0.000')),
    ...ask(product_id, named('-5')),
    ...ask(product_id, named('many')),
  ]
  for (const each of refused) await expect(each()).rejects.toThrow(UnprocessableEntityError)
  expect(await rowsOf(world, 'checkout_sessions')).toEqual([])
})
