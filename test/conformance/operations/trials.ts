// Trials that cost something, through the published SDK.
import type DodoPayments from 'dodopayments'
import { UnprocessableEntityError } from 'dodopayments'
import { beforeEach, expect, test } from 'vitest'
import { checkedClient } from '#test/conformance/checked-client.ts'
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

const monthly = {
  type: 'recurring_price',
  currency: 'USD',
  price: 3000,
  payment_frequency_count: 30,
  payment_frequency_interval: 'Day',
  subscription_period_count: 10,
  subscription_period_interval: 'Year',
} as const
const trial = { trial_period_days: 10, trial_amount: 1000, trial_apply_discounts: true } as const
const priced = (price: object) => ({ ...monthly, ...price }) as unknown as DodoPayments.Price
const make = (price: object) => client.products.create({ name: 'Studio', tax_category: 'saas', price: priced(price) })

test('a price with a paid trial is made, sold, changed and told', async () => {
  const { product_id, price } = await make(trial)
  expect(price).toMatchObject({ ...monthly, ...trial })
  expect((await make({ trial_period_days: 10, trial_amount: 0 })).price).toMatchObject({ trial_amount: null })
  const { session_id } = await client.checkoutSessions.create({ product_cart: [{ product_id, quantity: 2 }] })
  await payCheckout(world, session_id)
  const [subscription] = (await client.subscriptions.list({ page_number: 0 })).items
  expect(subscription).toMatchObject({ trial_period_days: 10, trial_amount: 1000, recurring_pre_tax_amount: 6000 })
  const [payment] = (await client.payments.list({ page_number: 0 })).items
  // Two of 10.00; two of 30.00 at the end of the ten days.
  expect(payment?.total_amount).toBe(2000)
  await client.products.update(product_id, { price: priced({ ...trial, trial_amount: 500 }) })
  await world.advanceTo('2026-01-12T00:00:00Z')
  const told = await client.subscriptions.retrieve(subscription?.subscription_id ?? '')
  expect([told.trial_amount, told.next_billing_date.slice(0, 10)]).toEqual([1000, '2026-02-10'])
  const payments = (await client.payments.list({ page_number: 0 })).items
  expect(payments.map(({ total_amount }) => total_amount)).toEqual([6000, 2000])
})

test('an amount without days is refused', async () => {
  await expect(make({ trial_amount: 1000 })).rejects.toThrow(UnprocessableEntityError)
  await expect(make({ trial_period_days: 10, trial_amount: -1 })).rejects.toThrow(UnprocessableEntityError)
})
