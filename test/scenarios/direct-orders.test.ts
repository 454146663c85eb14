// POST /subscriptions and POST /payments: ordered by the merchant's server, paid at the link or with a saved method.
import type DodoPayments from 'dodopayments'
import { UnprocessableEntityError } from 'dodopayments'
import { beforeEach, expect, test } from 'vitest'
import { createAddon } from '#core/catalog/create-addon.ts'
import { createProduct } from '#core/catalog/create-product.ts'
import type { ProductFields } from '#core/catalog/product-columns.ts'
import { checkedClient } from '#test/conformance/checked-client.ts'
import { buy, cards, download, payCheckout, plan } from '#test/support/buy.ts'
import { stage } from '#test/support/stage.ts'
import { capturesOf, rowsOf, stateOf } from '#test/support/story.ts'
import { brokenInvariants, timeline } from '#test/support/timeline.ts'
import { createWorld, type World } from '#test/support/world.ts'

const { newWorld } = stage()
let world: World
let client: DodoPayments

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-31T09:00:00Z' })
  client = checkedClient(world)
})

const mara = { email: 'mara@northwind.example', name: 'Mara Lindqvist' }
const billing = { country: 'SE' } as const
const make = async (product: ProductFields, of = world) => (await createProduct(await of.fresh(), product)).product_id
const checkoutIn = (link: string | null | undefined) => link?.split('/').at(-1) ?? ''

/** A customer who has paid once, and so has a saved card. */
async function withCard(card: string = cards.good) {
  const { customer_id } = await buy(world, plan(), { card })
  const [method] = await rowsOf(world, 'payment_methods')
  return { customer_id, payment_method_id: method?.payment_method_id ?? '' }
}

test('a subscription waits at its link, with its first payment, and the payment keeps its id', async () => {
  const product_id = await make(plan())
  const ordered = await client.subscriptions.create({
    product_id,
    quantity: 2,
    customer: mara,
    billing,
    payment_link: true,
    return_url: 'https://shop.example.com/thanks',
    metadata: { order: 'A-17' },
  })
  expect(ordered).toMatchObject({
    recurring_pre_tax_amount: 6000,
    payment_method_required: true,
    metadata: { order: 'A-17' },
    customer: mara,
    client_secret: null,
  })
  // A day from now, by the clock on the wall.
  const left = Temporal.Now.instant()
    .until(Temporal.Instant.from(ordered.expires_on ?? ''))
    .total('hours')
  expect(left).toBeGreaterThan(23.9)
  expect((await client.subscriptions.retrieve(ordered.subscription_id)).status).toBe('pending')
  expect(await client.payments.retrieve(ordered.payment_id)).toMatchObject({
    status: 'requires_customer_action',
    total_amount: 6000,
    payment_link: ordered.payment_link,
    subscription_id: ordered.subscription_id,
  })
  await world.work()
  const back = await payCheckout(world, checkoutIn(ordered.payment_link))
  expect(back.headers.get('location')).toContain(
    `https://shop.example.com/thanks?subscription_id=${ordered.subscription_id}`,
  )
  expect(await client.payments.retrieve(ordered.payment_id)).toMatchObject({ status: 'succeeded', total_amount: 6000 })
  expect(await stateOf(world, ordered.subscription_id)).toBe('active until 2026-02-28')
  expect(await timeline(world, ordered.subscription_id)).toEqual([
    '2026-01-31 subscription.active',
    '2026-01-31 subscription.renewed',
    '2026-01-31 payment.succeeded 60.00',
  ])
  // 60.00 now and 60.00 on 28 February.
  await world.advanceTo('2026-03-01T00:00:00Z')
  expect((await capturesOf(world)).map(({ amount }) => amount)).toEqual([6000, 6000])
  expect(await brokenInvariants(world)).toEqual([])
})

test('add-ons, a code, something bought once, and no trial though the product has one', async () => {
  const { addon_id } = await createAddon(await world.fresh(), {
    name: 'Seat',
    currency: 'USD',
    price: 500,
    tax_category: 'saas',
  })
  const product_id = await make(plan({ trial_period_days: 14 }, { addons: [addon_id] }))
  const once = await make(download(1000))
  const { code, discount_id } = await client.discounts.create({ type: 'percentage', amount: 1000 })
  const ordered = await client.subscriptions.create({
    product_id,
    quantity: 1,
    addons: [{ addon_id, quantity: 2 }],
    one_time_product_cart: [{ product_id: once, quantity: 1 }],
    discount_codes: [code],
    trial_period_days: 0,
    customer: mara,
    billing,
  })
  expect(ordered).toMatchObject({
    addons: [{ addon_id, quantity: 2 }],
    one_time_product_cart: [{ product_id: once, quantity: 1 }],
    discount_id,
    discount_ids: [discount_id],
    recurring_pre_tax_amount: 4000,
  })
  await payCheckout(world, checkoutIn(ordered.payment_link))
  // 30.00 + 2 × 5.00 + 10.00, less a tenth.
  expect((await capturesOf(world)).map(({ amount }) => amount)).toEqual([4500])
  expect(await brokenInvariants(world)).toEqual([])
})

test('a free trial has no payment: the method is saved at the link', async () => {
  const product_id = await make(plan())
  const ordered = await client.subscriptions.create({
    product_id,
    quantity: 1,
    trial_period_days: 7,
    customer: mara,
    billing,
    payment_link: true,
  })
  expect(ordered).toMatchObject({ payment_id: '', payment_method_required: true })
  await payCheckout(world, checkoutIn(ordered.payment_link))
  expect(await stateOf(world, ordered.subscription_id)).toBe('active until 2026-02-07')
  expect(await rowsOf(world, 'payments')).toEqual([])
})

test('a saved method is charged at once; a trial begins with it', async () => {
  const { customer_id, payment_method_id } = await withCard()
  const product_id = await make(plan({ price: 8000 }))
  const order = { product_id, quantity: 1, customer: { customer_id }, billing, payment_method_id }
  const ordered = await client.subscriptions.create(order)
  expect(ordered).toMatchObject({ payment_link: null, expires_on: null })
  expect(await client.payments.retrieve(ordered.payment_id)).toMatchObject({ status: 'succeeded', total_amount: 8000 })
  expect(await stateOf(world, ordered.subscription_id)).toBe('active until 2026-02-28')
  const tried = await client.subscriptions.create({ ...order, trial_period_days: 7 })
  expect(tried.payment_id).toBe('')
  expect(await stateOf(world, tried.subscription_id)).toBe('active until 2026-02-07')
  expect((await client.subscriptions.retrieve(tried.subscription_id)).payment_method_id).toBe(payment_method_id)
  await world.advanceTo('2026-02-08T00:00:00Z')
  expect((await capturesOf(world)).map(({ amount }) => amount)).toEqual([3000, 8000, 8000])
  expect(await brokenInvariants(world)).toEqual([])
})

test('a saved method that is declined: the subscription has failed, and nothing is owed', async () => {
  const { customer_id, payment_method_id } = await withCard(cards.failsLater)
  const product_id = await make(plan())
  const { code } = await client.discounts.create({ type: 'percentage', amount: 1000, usage_limit: 1 })
  const ordered = await client.subscriptions.create({
    product_id,
    quantity: 1,
    customer: { customer_id },
    billing,
    payment_method_id,
    discount_codes: [code],
  })
  expect((await client.payments.retrieve(ordered.payment_id)).status).toBe('failed')
  expect((await client.subscriptions.retrieve(ordered.subscription_id)).status).toBe('failed')
  expect((await rowsOf(world, 'dues')).map(({ status }) => status)).toEqual(['paid', 'void'])
  // Whoever comes next may have the code.
  expect((await rowsOf(world, 'discounts'))[0]?.times_used).toBe(0)
  expect(await brokenInvariants(world)).toEqual([])
})

test('an answer that was lost is not a decline: it begins when the processor says so', async () => {
  const { customer_id, payment_method_id } = await withCard(cards.timesOut)
  const product_id = await make(plan())
  const order = { product_id, quantity: 1, customer: { customer_id }, billing, payment_method_id }
  const ordered = await client.subscriptions.create(order)
  expect((await client.payments.retrieve(ordered.payment_id)).status).toBe('processing')
  expect((await client.subscriptions.retrieve(ordered.subscription_id)).status).toBe('pending')
  world.advanceWall({ minutes: 5 })
  await world.work()
  expect((await client.payments.retrieve(ordered.payment_id)).status).toBe('succeeded')
  expect(await stateOf(world, ordered.subscription_id)).toBe('active until 2026-02-28')
  expect((await capturesOf(world)).length).toBe(2)
  expect(await brokenInvariants(world)).toEqual([])
})

test('a purchase at its link, and one with a saved method', async () => {
  const product_id = await make(download(4900))
  const ordered = await client.payments.create({
    product_cart: [{ product_id, quantity: 2 }],
    customer: mara,
    billing,
    payment_link: true,
  })
  expect(ordered).toMatchObject({ total_amount: 9800, product_cart: [{ product_id, quantity: 2 }], client_secret: '' })
  await payCheckout(world, checkoutIn(ordered.payment_link))
  expect(await client.payments.retrieve(ordered.payment_id)).toMatchObject({ status: 'succeeded', total_amount: 9800 })
  const { customer_id, payment_method_id } = await withCard()
  const order = { product_cart: [{ product_id, quantity: 1 }], customer: { customer_id }, billing, payment_method_id }
  const charged = await client.payments.create(order)
  expect(charged.payment_link).toBe(null)
  expect(await client.payments.retrieve(charged.payment_id)).toMatchObject({ status: 'succeeded', payment_method_id })
  expect((await capturesOf(world)).map(({ amount }) => amount)).toEqual([9800, 3000, 4900])
  expect(await brokenInvariants(world)).toEqual([])
})

test('pay what you want: the amount of the request, for each of them', async () => {
  const price = { type: 'one_time_price', currency: 'USD', price: 500, pay_what_you_want: true } as const
  const made = { discount_bps: 0, tax_inclusive: false, suggested_price: null }
  const product_id = await make({ ...download(500), price: { ...price, ...made } })
  const ordered = await client.payments.create({
    product_cart: [{ product_id, quantity: 2, amount: 700 }],
    customer: mara,
    billing,
  })
  expect(ordered).toMatchObject({ total_amount: 1400, product_cart: [{ product_id, quantity: 2, amount: 700 }] })
})

test('what cannot be ordered is refused, and nothing is left of it', async () => {
  const { customer_id, payment_method_id } = await withCard()
  const [subscribed, bought] = [await make(plan()), await make(download(4900))]
  const before = await rowsOf(world, 'checkout_sessions')
  const order = { product_id: subscribed, quantity: 1, customer: { customer_id }, billing }
  const purchase = { product_cart: [{ product_id: bought, quantity: 1 }], customer: { customer_id }, billing }
  const refused = [
    () => client.subscriptions.create({ ...order, product_id: bought }),
    () => client.subscriptions.create({ ...order, payment_method_id, payment_link: true }),
    () => client.subscriptions.create({ ...order, payment_method_id, customer: mara }),
    () => client.subscriptions.create({ ...order, mandate_min_amount_inr_paise: 100 }),
    () => client.subscriptions.create({ ...order, discount_codes: ['NOBODYS'] }),
    () => client.payments.create({ ...purchase, product_cart: [] }),
    () => client.payments.create({ ...purchase, product_cart: [{ product_id: subscribed, quantity: 1 }] }),
  ]
  for (const ask of refused) await expect(ask()).rejects.toThrow(UnprocessableEntityError)
  const other = await besidesMara()
  await expect(client.payments.create({ ...purchase, customer: other, payment_method_id })).rejects.toThrow('404')
  expect(await rowsOf(world, 'checkout_sessions')).toEqual(before)
  expect((await capturesOf(world)).length).toBe(1)
})

async function besidesMara() {
  const { customer_id } = await client.customers.create({ email: 'noor@northwind.example', name: 'Noor' })
  return { customer_id }
}

test('the buyer may be somebody else: the payment, too, is whose it was', async () => {
  const product_id = await make(plan())
  const ordered = await client.subscriptions.create({ product_id, quantity: 1, customer: mara, billing })
  await payCheckout(world, checkoutIn(ordered.payment_link), { email: 'noor@northwind.example', name: 'Noor' })
  const payment = await client.payments.retrieve(ordered.payment_id)
  const subscription = await client.subscriptions.retrieve(ordered.subscription_id)
  expect([payment.customer.email, subscription.customer.email]).toEqual(Array(2).fill('noor@northwind.example'))
  expect(await brokenInvariants(world)).toEqual([])
})

test('not paid in time: what was ordered has failed, and the link is closed', async () => {
  const alone = await createWorld({ startsAt: '2026-01-31T09:00:00Z' })
  try {
    const ofIt = checkedClient(alone)
    const order = { quantity: 1, customer: mara, billing, product_id: await make(plan(), alone) }
    const [waits, tried] = [
      await ofIt.subscriptions.create(order),
      await ofIt.subscriptions.create({ ...order, trial_period_days: 7 }),
    ]
    const declined = await ofIt.subscriptions.create(order)
    const product_cart = [{ product_id: await make(download(4900), alone), quantity: 1 }]
    const bought = await ofIt.payments.create({ product_cart, customer: mara, billing })
    await payCheckout(alone, checkoutIn(declined.payment_link), { card: cards.declined })
    alone.advanceWall({ hours: 23 })
    await alone.work()
    expect((await rowsOf(alone, 'subscriptions')).map(({ status }) => status)).toEqual(Array(3).fill('pending'))
    alone.advanceWall({ hours: 2 })
    await alone.work()
    alone.advanceWall({ minutes: 20 })
    await alone.work()
    for (const { subscription_id } of [waits, tried, declined]) {
      expect((await ofIt.subscriptions.retrieve(subscription_id)).status).toBe('failed')
    }
    for (const { payment_id } of [waits, bought]) {
      expect((await ofIt.payments.retrieve(payment_id)).status).toBe('cancelled')
    }
    expect((await rowsOf(alone, 'dues')).map(({ status }) => status)).toEqual(Array(3).fill('void'))
    await payCheckout(alone, checkoutIn(waits.payment_link))
    expect(await capturesOf(alone)).toEqual([])
    expect(await brokenInvariants(alone)).toEqual([])
  } finally {
    await alone.close()
  }
})
