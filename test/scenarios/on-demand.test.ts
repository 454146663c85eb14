// Subscriptions that are charged when the merchant asks, and never by themselves.
import type DodoPayments from 'dodopayments'
import { UnprocessableEntityError } from 'dodopayments'
import { beforeEach, describe, expect, test } from 'vitest'
import { createAddon } from '#core/catalog/create-addon.ts'
import { createProduct } from '#core/catalog/create-product.ts'
import type { ProductFields } from '#core/catalog/product-columns.ts'
import { chargeSubscription } from '#core/subscriptions/charge-subscription.ts'
import { depositToWallet } from '#core/wallets/deposit-to-wallet.ts'
import { checkedClient } from '#test/conformance/checked-client.ts'
import { cards, payCheckout, plan } from '#test/support/buy.ts'
import { stage } from '#test/support/stage.ts'
import { capturesOf, rowsOf, stateOf, withProcessor } from '#test/support/story.ts'
import { brokenInvariants, timeline } from '#test/support/timeline.ts'
import { signIn } from '#test/support/visit.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()
let world: World
let client: DodoPayments

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-31T09:00:00Z' })
  client = checkedClient(world)
})

type OnDemand = DodoPayments.OnDemandSubscription
const mara = { email: 'mara@northwind.example', name: 'Mara Lindqvist' }
const make = async (product: ProductFields = plan()) => (await createProduct(await world.fresh(), product)).product_id
const amounts = async () => (await capturesOf(world)).map(({ amount }) => amount)

/** Ordered through the API and paid at the link. */
async function begin(on_demand: OnDemand, { card = cards.good as string, quantity = 1 } = {}) {
  const product_id = await make()
  const ordered = await client.subscriptions.create({
    ...{ product_id, quantity, on_demand },
    ...{ customer: mara, billing: { country: 'SE' }, payment_link: true },
  })
  await payCheckout(world, ordered.payment_link?.split('/').at(-1) ?? '', { card })
  return ordered.subscription_id
}

test('only a method at first, then two charges, and nothing by itself', async () => {
  const id = await begin({ mandate_only: true })
  expect(await client.subscriptions.retrieve(id)).toMatchObject({
    status: 'active',
    on_demand: true,
    has_payment_method: true,
  })
  // To the end of its term.
  expect(await stateOf(world, id)).toBe('active until 2036-01-31')
  await world.advanceTo('2026-06-01T00:00:00Z')
  expect(await amounts()).toEqual([])
  const { payment_id } = await client.subscriptions.charge(id, {
    product_price: 2500,
    product_description: 'Print run of May',
    metadata: { run: 'May' },
  })
  expect(await client.payments.retrieve(payment_id)).toMatchObject({
    status: 'succeeded',
    total_amount: 2500,
    subscription_id: id,
    metadata: { run: 'May' },
  })
  await client.subscriptions.charge(id, { product_price: 1999 })
  await world.advanceTo('2026-12-01T00:00:00Z')
  expect(await amounts()).toEqual([2500, 1999])
  expect(await timeline(world, id)).toEqual([
    '2026-01-31 subscription.active',
    '2026-06-01 payment.succeeded 25.00',
    '2026-06-01 payment.succeeded 19.99',
  ])
  const [first] = await rowsOf(world, 'invoices')
  expect(JSON.stringify(first?.document)).toContain('Print run of May')
  expect(await stateOf(world, id)).toBe('active until 2036-01-31')
  expect(await brokenInvariants(world)).toEqual([])
})

test('the first charge is for what the request says, each further one for each unit', async () => {
  const id = await begin({ mandate_only: false, product_price: 1200, product_description: 'Set-up' }, { quantity: 2 })
  await client.subscriptions.charge(id, { product_price: 500 })
  // 2 × 12.00, then 2 × 5.00.
  expect(await amounts()).toEqual([2400, 1000])
  expect(await brokenInvariants(world)).toEqual([])
})

test('its term ends it, and cancelling does at once: nothing is given back for time', async () => {
  const ctx = await world.fresh()
  await ctx.db
    .insertInto('business_settings')
    .values({ business_id: world.business_id, refund_unused_time: true })
    .execute()
  const id = await begin({ mandate_only: false })
  await client.subscriptions.update(id, { status: 'cancelled' })
  await expect(client.subscriptions.charge(id, { product_price: 500 })).rejects.toThrow('not active')
  expect((await capturesOf(world)).map(({ refunded_amount }) => refunded_amount)).toEqual([0])
  const other = await begin({ mandate_only: true })
  await world.advanceTo('2036-02-01T00:00:00Z')
  expect(await stateOf(world, other)).toBe('expired until 2036-01-31')
  expect(await amounts()).toEqual([3000])
  expect(await brokenInvariants(world)).toEqual([])
})

test('a pause moves the end of the term by its length, and nothing is charged meanwhile', async () => {
  const id = await begin({ mandate_only: true })
  await client.subscriptions.update(id, { status: 'paused' })
  await expect(client.subscriptions.charge(id, { product_price: 500 })).rejects.toThrow('not active')
  await world.advanceTo('2026-02-10T09:00:00Z')
  await client.subscriptions.update(id, { status: 'active' })
  expect(await stateOf(world, id)).toBe('active until 2036-02-10')
  await client.subscriptions.charge(id, { product_price: 500 })
  expect(await amounts()).toEqual([500])
  expect(await brokenInvariants(world)).toEqual([])
})

test('declined, nothing stays owed and it runs on; the next charge is another one', async () => {
  const id = await begin({ mandate_only: true }, { card: cards.failsLater })
  const { payment_id } = await client.subscriptions.charge(id, { product_price: 2500 })
  expect((await client.payments.retrieve(payment_id)).status).toBe('failed')
  expect(await stateOf(world, id)).toBe('active until 2036-01-31')
  await client.subscriptions.charge(id, { product_price: 2500 })
  expect((await rowsOf(world, 'dues')).map(({ status }) => status)).toEqual(['void', 'void'])
  await expect(client.payments.retry(payment_id)).rejects.toThrow(UnprocessableEntityError)
  expect(await amounts()).toEqual([])
  expect(await brokenInvariants(world)).toEqual([])
})

test('while an answer is missing the next charge waits; cancelled meanwhile, the money goes back', async () => {
  const id = await begin({ mandate_only: true }, { card: cards.timesOut })
  const { payment_id } = await client.subscriptions.charge(id, { product_price: 2500 })
  expect((await client.payments.retrieve(payment_id)).status).toBe('processing')
  await expect(client.subscriptions.charge(id, { product_price: 2500 })).rejects.toThrow('still being checked')
  await client.subscriptions.update(id, { status: 'cancelled' })
  world.advanceWall({ minutes: 5 })
  await world.work()
  await world.work()
  expect(await capturesOf(world)).toMatchObject([{ amount: 2500, refunded_amount: 2500 }])
  expect(await brokenInvariants(world)).toEqual([])
})

test('five at once: one is charged, the others are told to wait', async () => {
  const id = await begin({ mandate_only: true })
  const ctx = await withProcessor(world, (real) => ({
    charge: async (request) => {
      await new Promise((resolve) => setTimeout(resolve, 300))
      return real.charge(request)
    },
  }))
  const charge = { product_price: 2500, product_currency: null, product_description: null, metadata: null }
  const asked = await Promise.allSettled(
    Array.from({ length: 5 }, () => chargeSubscription(ctx, id, { ...charge, use_wallet: true })),
  )
  expect(asked.filter(({ status }) => status === 'fulfilled').length).toBe(1)
  expect(await amounts()).toEqual([2500])
  expect(await brokenInvariants(world)).toEqual([])
})

test('the wallet pays what it can, unless the request leaves it alone', async () => {
  const id = await begin({ mandate_only: true })
  const { customer } = await client.subscriptions.retrieve(id)
  const deposit = {
    currency: 'USD',
    amount: 1000,
    event_type: 'merchant_adjustment',
    reason_key: 'test:deposit',
  } as const
  await depositToWallet(await world.fresh(), customer.customer_id, deposit)
  const alone = { allow_customer_credits_usage: false }
  await client.subscriptions.charge(id, { product_price: 2500, customer_balance_config: alone })
  await client.subscriptions.charge(id, { product_price: 2500 })
  // 25.00, then 25.00 − 10.00.
  expect(await amounts()).toEqual([2500, 1500])
  expect(await brokenInvariants(world)).toEqual([])
})

test('a checkout begins one too; its code is for the first charge alone', async () => {
  const product_id = await make()
  const { code } = await client.discounts.create({ type: 'percentage', amount: 5000 })
  const { session_id } = await client.checkoutSessions.create({
    product_cart: [{ product_id, quantity: 1 }],
    subscription_data: { on_demand: { mandate_only: false, product_price: 2000 } },
    discount_codes: [code],
  })
  const page = await (await world.app.request(world.urls.checkout(session_id))).text()
  expect(page).toContain('Later payments are charged to this payment method')
  expect(page).not.toContain('Renews on')
  await payCheckout(world, session_id)
  const [subscription] = (await client.subscriptions.list({ page_number: 0 })).items
  expect(subscription).toMatchObject({ on_demand: true, status: 'active' })
  await client.subscriptions.charge(subscription?.subscription_id ?? '', { product_price: 2000 })
  expect(await amounts()).toEqual([1000, 2000])
  expect(await brokenInvariants(world)).toEqual([])
})

describe('what is not possible', () => {
  const refusal = async (ask: Promise<unknown>) => {
    const error = await ask.then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    return (error as { error?: { code?: string } } | undefined)?.error?.code
  }

  test('at the beginning', async () => {
    const ctx = await world.fresh()
    const seat = { name: 'Seat', currency: 'USD', price: 500, tax_category: 'saas' } as const
    const { addon_id } = await createAddon(ctx, seat)
    const product_id = await make(plan({}, { addons: [addon_id] }))
    const { code } = await client.discounts.create({ type: 'percentage', amount: 1000 })
    const order = { product_id, quantity: 1, customer: mara, billing: { country: 'SE' } } as const
    const on_demand = { mandate_only: true }
    const ask = (more: object) => refusal(client.subscriptions.create({ ...order, on_demand, ...more }))
    expect(await ask({ addons: [{ addon_id, quantity: 1 }] })).toBe('ADDONS_NOT_ALLOWED_FOR_ON_DEMAND')
    expect(await ask({ trial_period_days: 7 })).toBe('UNSUPPORTED_ACTION')
    expect(await ask({ discount_codes: [code] })).toBe('INVALID_REQUEST_PARAMETERS')
    expect(await ask({ on_demand: { mandate_only: false, product_currency: 'EUR' } })).toBe('UNSUPPORTED_CURRENCY')
    expect(await rowsOf(world, 'subscriptions')).toEqual([])
  })

  test('while it runs', async () => {
    const id = await begin({ mandate_only: true })
    const charge = (more: object) => refusal(client.subscriptions.charge(id, { product_price: 2500, ...more }))
    expect(await charge({ product_currency: 'EUR' })).toBe('UNSUPPORTED_CURRENCY')
    expect(await charge({ product_price: 49 })).toBe('TOTAL_PAYMENT_AMOUNT_BELOW_MINIMUM_AMOUNT')
    const purchase = { allow_customer_credits_purchase: true }
    expect(await charge({ customer_balance_config: purchase })).toBe('INVALID_REQUEST_BODY')
    const next_billing_date = '2026-02-10T00:00:00Z'
    expect(await refusal(client.subscriptions.update(id, { next_billing_date }))).toBe('UNSUPPORTED_ACTION')
    const change = { product_id: await make(), quantity: 1, proration_billing_mode: 'prorated_immediately' } as const
    expect(await refusal(client.subscriptions.changePlan(id, change))).toBe('ON_DEMAND_PLAN_CHANGE_NOT_SUPPORTED')
    await client.subscriptions.update(id, { cancel_at_next_billing_date: true })
    expect(await charge({})).toBe('CHARGE_NOT_ALLOWED_FOR_SCHEDULED_CANCELLATION')
    await client.subscriptions.update(id, { cancel_at_next_billing_date: false })
    expect(await charge({})).toBe(undefined)
  })

  test('of one that renews', async () => {
    const { session_id } = await client.checkoutSessions.create({
      product_cart: [{ product_id: await make(), quantity: 1 }],
    })
    await payCheckout(world, session_id)
    const [subscription] = (await client.subscriptions.list({ page_number: 0 })).items
    const ask = client.subscriptions.charge(subscription?.subscription_id ?? '', { product_price: 2500 })
    expect(await refusal(ask)).toBe('SUBSCRIPTION_NOT_ON_DEMAND')
  })
})

test('the customer reads that nothing is planned, and may cancel at once', async () => {
  const id = await begin({ mandate_only: true })
  await client.subscriptions.charge(id, { product_price: 2500 })
  const { customer } = await client.subscriptions.retrieve(id)
  const visit = await signIn(world, customer.customer_id)
  const overview = await (await visit.get(world.urls.portal.overview(world.business_id))).text()
  expect(overview).toContain('Charged only when something is due. No payment is planned.')
  const page = await (await visit.get(world.urls.portal.subscription(world.business_id, id))).text()
  expect(page).toContain('Charged as agreed')
  expect(page).not.toContain('Change plan')
  expect(page).not.toContain('value="next_billing_date"')
  expect(page).not.toContain('$30.00')
  expect(page).toContain('$25.00')
  const cancel = world.urls.portal.cancellation(world.business_id, id)
  const reason = { effective_at: 'immediately', cancellation_feedback: 'unused', cancellation_comment: '' }
  expect((await visit.post(cancel, reason)).status).toBe(303)
  expect((await client.subscriptions.retrieve(id)).status).toBe('cancelled')
  const ended = await (await visit.get(world.urls.portal.subscription(world.business_id, id))).text()
  expect(ended).not.toContain('Subscribe again')
})
