// What the merchant's own server orders and charges, through the published SDK.
import type DodoPayments from 'dodopayments'
import { beforeEach, expect, test } from 'vitest'
import { checkedClient } from '#test/conformance/checked-client.ts'
import { monthly } from '#test/conformance/prices.ts'
import { payCheckout } from '#test/support/buy.ts'
import { stage } from '#test/support/stage.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()
let world: World
let client: DodoPayments

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  client = checkedClient(world)
})

const once = {
  type: 'one_time_price',
  currency: 'USD',
  price: 4900,
  discount: 0,
  purchasing_power_parity: false,
} as const
const order = { customer: { email: 'mara@northwind.example', name: 'Mara' }, billing: { country: 'SE' } } as const

test('a payment and a subscription on demand are ordered at a link, and the subscription is charged', async () => {
  const { product_id } = await client.products.create({ name: 'Studio', tax_category: 'saas', price: monthly })
  const brush = await client.products.create({ name: 'Brushes', tax_category: 'saas', price: once })
  const bought = await client.payments.create({
    ...order,
    product_cart: [{ product_id: brush.product_id, quantity: 1 }],
    payment_link: true,
  })
  expect(bought).toMatchObject({ total_amount: 4900, client_secret: '', discount_id: null })
  const on_demand = { mandate_only: true }
  const begun = await client.subscriptions.create({ ...order, product_id, quantity: 1, on_demand, payment_link: true })
  expect(begun).toMatchObject({ payment_method_required: true, payment_id: '' })
  await payCheckout(world, begun.payment_link?.split('/').at(-1) ?? '')
  const { payment_id } = await client.subscriptions.charge(begun.subscription_id, { product_price: 2500 })
  expect(await client.payments.retrieve(payment_id)).toMatchObject({ status: 'succeeded', total_amount: 2500 })
})
