// Plans that begin before there is a payment method: a free trial, or what costs nothing at first; and what comes when it costs something.
import type DodoPayments from 'dodopayments'
import { beforeEach, describe, expect, test } from 'vitest'
import { setBusiness } from '#core/businesses/set-business.ts'
import { setSettings } from '#core/businesses/set-settings.ts'
import { createProduct } from '#core/catalog/create-product.ts'
import type { ProductFields, RecurringPrice } from '#core/catalog/product-columns.ts'
import { checkedClient } from '#test/conformance/checked-client.ts'
import { monthly } from '#test/conformance/prices.ts'
import { cards, download, payCheckout, plan, post } from '#test/support/buy.ts'
import { mailsOf } from '#test/support/mails.ts'
import { stage } from '#test/support/stage.ts'
import { capturesOf, rowsOf, stateOf } from '#test/support/story.ts'
import { brokenInvariants, timeline } from '#test/support/timeline.ts'
import { signIn } from '#test/support/visit.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()
let world: World
let client: DodoPayments

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T09:00:00Z' })
  client = checkedClient(world)
  await setBusiness(world.modes.test.ctx, world.business_id, { country: 'SE' })
})

const trial: Partial<RecurringPrice> = { trial_period_days: 14, trial_payment_method_optional: true }
const zero: Partial<RecurringPrice> = { zero_amount_payment_method_optional: true }
const make = async (product: ProductFields) => (await createProduct(await world.fresh(), product)).product_id
const amounts = async () => (await capturesOf(world)).map(({ amount }) => amount)
const invoices = async () => (await rowsOf(world, 'invoices')).length

async function open(product: ProductFields, more: Partial<DodoPayments.CheckoutSessionCreateParams> = {}) {
  const product_cart = [{ product_id: await make(product), quantity: 1 }]
  const preview = await client.checkoutSessions.preview({ product_cart, ...more })
  const { session_id } = await client.checkoutSessions.create({ product_cart, ...more })
  return { session_id, required: preview.payment_method_required }
}

/** Presses the button of the checkout: where it leads, and what began. */
async function start(session_id: string) {
  const buyer = { email: 'mara@northwind.example', name: 'Mara Lindqvist', country: 'SE' }
  const to = (await post(world, world.urls.checkout(session_id), buyer)).headers.get('location') ?? ''
  const { subscription_id, customer_id } = (await rowsOf(world, 'subscriptions')).at(-1) ?? {}
  return { to, subscription_id: subscription_id ?? '', customer_id: customer_id ?? '' }
}

/** Enters a card at the link the merchant asked for, and comes back. */
async function addCard(subscription_id: string, number: string = cards.good) {
  const { payment_link } = await client.subscriptions.updatePaymentMethod(subscription_id, {
    payment_method: { type: 'new' },
  })
  const page = (await post(world, payment_link ?? '', {})).headers.get('location') ?? ''
  const paid = await post(world, page, { number, expiry: '12/34', cvc: '123', name: 'Mara Lindqvist' })
  await world.app.request(paid.headers.get('location') ?? '')
}

async function askedOfTheProcessor() {
  const { db } = world.database.connections.pool('sandbox')
  return db.selectFrom('intents').selectAll().where('business_id', '=', world.business_id).execute()
}

const tenth = async (percent: number, more: Partial<DodoPayments.DiscountCreateParams> = {}) =>
  (await client.discounts.create({ type: 'percentage', amount: percent * 100, ...more })).code

describe('a free trial whose price lets it begin with no card', () => {
  test('begins at once; without one it stops at its end, and goes on from when there is one', async () => {
    await setSettings(await world.fresh(), { payment_retries: true, dunning_on_hold: true })
    const { session_id, required } = await open(plan(trial))
    expect(required).toBe(false)
    const page = await (await world.app.request(world.urls.checkout(session_id))).text()
    expect(page).toContain('Start now')
    expect(page).toContain('add a payment method before then')
    const { to, subscription_id, customer_id } = await start(session_id)
    expect(to).not.toContain('/sandbox/')
    const done = await world.app.request((await world.app.request(to)).headers.get('location') ?? '')
    expect(await done.text()).toContain('add a payment method before January 15, 2026')
    expect(await stateOf(world, subscription_id)).toBe('active until 2026-01-15')
    expect(await client.subscriptions.retrieve(subscription_id)).toMatchObject({
      has_payment_method: false,
      payment_method_id: null,
    })
    expect([await rowsOf(world, 'payments'), await invoices()]).toEqual([[], 0])

    const visit = await signIn(world, customer_id)
    for (const url of [
      world.urls.portal.overview(world.business_id),
      world.urls.portal.subscription(world.business_id, subscription_id),
    ]) {
      const portal = await (await visit.get(url)).text()
      expect(portal).toContain('before your trial of')
      expect(portal).toContain(world.urls.portal.subscriptionPaymentMethod(world.business_id, subscription_id))
    }

    // Nothing to ask again by itself: the customer is asked.
    await world.advanceTo('2026-01-25T09:00:00Z')
    expect(await timeline(world, subscription_id)).toEqual([
      '2026-01-01 subscription.active',
      '2026-01-15 payment.failed 30.00 MANDATE_REQUIRED',
      '2026-01-15 subscription.on_hold',
    ])
    expect(await askedOfTheProcessor()).toEqual([])
    expect((await rowsOf(world, 'dunning_attempts')).map(({ steps_taken }) => steps_taken)).toEqual([4])
    const held = await (await visit.get(world.urls.portal.overview(world.business_id))).text()
    expect(held).toContain('No payment method was set up for automatic payments. Add one to pay.')
    expect(held).not.toContain('before your trial of')

    // On hold from 15 to 25 January, ten days: the month that is paid ends ten days after 15 February.
    await addCard(subscription_id)
    expect(await amounts()).toEqual([3000])
    expect(await stateOf(world, subscription_id)).toBe('active until 2026-02-25')
    await world.advanceTo('2026-03-26T00:00:00Z')
    expect(await amounts()).toEqual([3000, 3000, 3000])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('is told of two days before, with the way to add one; added, it is charged at the end', async () => {
    const mail = mailsOf(world)
    const { session_id } = await open(plan(trial))
    const { subscription_id, customer_id } = await start(session_id)
    await mail.arrive()
    await world.advanceTo('2026-01-13T10:00:00Z')
    expect(await mail.arrive()).toEqual(['trial-ending'])
    expect(await mail.read('trial-ending')).toContain('There is no payment method for it yet.')
    await addCard(subscription_id, cards.mastercard)
    expect((await client.subscriptions.retrieve(subscription_id)).has_payment_method).toBe(true)
    const visit = await signIn(world, customer_id)
    const portal = await (await visit.get(world.urls.portal.overview(world.business_id))).text()
    expect(portal).not.toContain('before your trial of')
    await world.advanceTo('2026-02-16T00:00:00Z')
    expect(await amounts()).toEqual([3000, 3000])
    expect(await stateOf(world, subscription_id)).toBe('active until 2026-03-15')
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('takes the card that its customer saves for nothing in particular; what has one keeps it', async () => {
    const { session_id } = await open(plan(trial))
    const { subscription_id, customer_id } = await start(session_id)
    const other = await open(plan({}, { name: 'Other' }))
    await payCheckout(world, other.session_id, { card: cards.mastercard })
    const visit = await signIn(world, customer_id)
    const to = (await visit.post(world.urls.portal.paymentMethods(world.business_id))).headers.get('location') ?? ''
    const typed = { number: cards.good, expiry: '12/34', cvc: '123', name: 'Mara Lindqvist' }
    await visit.get((await post(world, to, typed)).headers.get('location') ?? '')
    const methods = new Map(
      (await rowsOf(world, 'payment_methods')).map((each) => [each.payment_method_id, each.card_last_four]),
    )
    const paidWith = (await rowsOf(world, 'subscriptions')).map((each) => [
      each.subscription_id === subscription_id,
      methods.get(each.payment_method_id ?? ''),
    ])
    expect(paidWith.toSorted()).toEqual([
      [false, '4444'],
      [true, '4242'],
    ])
    await world.advanceTo('2026-01-16T00:00:00Z')
    expect(await amounts()).toEqual([3000, 3000])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('begins once, however many tabs press, and from the link of an order, too', async () => {
    const { session_id } = await open(plan(trial))
    const answers = await Promise.all(Array.from({ length: 5 }, () => start(session_id)))
    expect(answers.filter(({ to }) => to.includes('/sandbox/'))).toEqual([])
    expect((await rowsOf(world, 'subscriptions')).map(({ status }) => status)).toEqual(['active'])
    const order = { quantity: 1, billing: { country: 'SE' }, customer: { email: 'noor@northwind.example' } } as const
    const ordered = await client.subscriptions.create({ ...order, product_id: await make(plan(trial)) })
    expect(ordered).toMatchObject({ payment_method_required: false, payment_id: '' })
    expect((await client.subscriptions.retrieve(ordered.subscription_id)).status).toBe('pending')
    await start(ordered.payment_link?.split('/').at(-1) ?? '')
    expect((await client.subscriptions.retrieve(ordered.subscription_id)).status).toBe('active')
    expect([await askedOfTheProcessor(), await brokenInvariants(world)]).toEqual([[], []])
  })

  test('asks for a card where the trial is paid, and where the price does not say so', async () => {
    const paid = await open(plan({ ...trial, trial_amount: 500 }))
    expect(paid.required).toBe(true)
    expect((await start(paid.session_id)).to).toContain('/sandbox/')
    const usual = await open(plan({ trial_period_days: 14, ...zero }))
    expect(usual.required).toBe(true)
    expect((await start(usual.session_id)).to).toContain('/sandbox/')
  })

  test('beside it, what is bought once for nothing is delivered', async () => {
    const free = await make({ ...download(0), license_key_enabled: true })
    const studio = await make(plan(trial, { license_key_enabled: true }))
    const product_cart = [studio, free].map((product_id) => ({ product_id, quantity: 1 }))
    const { session_id } = await client.checkoutSessions.create({ product_cart })
    const { to, subscription_id } = await start(session_id)
    expect(to).not.toContain('/sandbox/')
    expect(await stateOf(world, subscription_id)).toBe('active until 2026-01-15')
    expect((await rowsOf(world, 'license_keys')).map(({ product_id }) => product_id).toSorted()).toEqual(
      [studio, free].toSorted(),
    )
    expect(await brokenInvariants(world)).toEqual([])
  })
})

describe('what costs nothing at first', () => {
  test('begins with no card where its price lets it: settled at 0, and stopped when it costs something', async () => {
    const { session_id, required } = await open(plan(zero), {
      discount_codes: [await tenth(100, { subscription_cycles: 2 })],
    })
    expect(required).toBe(false)
    const { to, subscription_id } = await start(session_id)
    expect(to).not.toContain('/sandbox/')
    expect([await stateOf(world, subscription_id), await invoices()]).toEqual(['active until 2026-02-01', 1])
    await world.advanceTo('2026-03-02T00:00:00Z')
    // Two months at 30.00 less 30.00, and the third at 30.00.
    expect(await timeline(world, subscription_id)).toEqual([
      '2026-01-01 subscription.active',
      '2026-01-01 subscription.renewed',
      '2026-01-01 payment.succeeded 0.00',
      '2026-02-01 payment.succeeded 0.00',
      '2026-02-01 subscription.renewed',
      '2026-03-01 payment.failed 30.00 MANDATE_REQUIRED',
      '2026-03-01 subscription.on_hold',
    ])
    expect(await askedOfTheProcessor()).toEqual([])
    // Held from 1 March, 9:00, to midnight: fifteen hours more than to 1 April, 9:00.
    await addCard(subscription_id)
    expect([await amounts(), await stateOf(world, subscription_id)]).toEqual([[3000], 'active until 2026-04-02'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('asks for one where it does not: the card is saved, 0 is settled, and the second month is charged', async () => {
    const discount_codes = [await tenth(100, { subscription_cycles: 1 })]
    const { session_id, required } = await open(plan(), { discount_codes })
    expect(required).toBe(true)
    await payCheckout(world, session_id)
    const [subscription] = await rowsOf(world, 'subscriptions')
    const subscription_id = subscription?.subscription_id ?? ''
    expect([await stateOf(world, subscription_id), await invoices()]).toEqual(['active until 2026-02-01', 1])
    const [saved] = await rowsOf(world, 'payment_methods')
    expect((await rowsOf(world, 'payments')).map((each) => [each.total_amount, each.payment_method_id])).toEqual([
      [0, saved?.payment_method_id],
    ])
    await world.advanceTo('2026-03-02T00:00:00Z')
    expect([await amounts(), await invoices()]).toEqual([[3000, 3000], 3])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('a card declined there begins nothing, and the next try does; so does a saved one in an order', async () => {
    const discount_codes = [await tenth(100, { subscription_cycles: 1 })]
    const { session_id } = await open(plan(), { discount_codes })
    await payCheckout(world, session_id, { card: cards.declined })
    expect((await rowsOf(world, 'subscriptions')).map(({ status }) => status)).toEqual(['pending'])
    await payCheckout(world, session_id)
    expect((await rowsOf(world, 'subscriptions')).map(({ status }) => status)).toEqual(['active'])
    const [method] = await rowsOf(world, 'payment_methods')
    const { customer_id = '', payment_method_id = '' } = method ?? {}
    const { subscription_id } = await client.subscriptions.create({
      ...{ product_id: await make(plan()), quantity: 1, billing: { country: 'SE' }, customer: { customer_id } },
      ...{ payment_method_id, discount_codes },
    })
    expect(await stateOf(world, subscription_id)).toBe('active until 2026-02-01')
    await world.advanceTo('2026-02-02T00:00:00Z')
    expect([await amounts(), await invoices()]).toEqual([[3000, 3000], 4])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('what never costs anything needs no card, whatever its price says', async () => {
    for (const price of [{ price: 0 }, { price: 0, ...zero }]) expect((await open(plan(price))).required).toBe(false)
    const { session_id, required } = await open(plan(), { discount_codes: [await tenth(100)] })
    expect(required).toBe(false)
    const { subscription_id } = await start(session_id)
    await world.advanceTo('2026-04-02T00:00:00Z')
    expect(await stateOf(world, subscription_id)).toBe('active until 2026-05-01')
    expect([await askedOfTheProcessor(), await brokenInvariants(world)]).toEqual([[], []])
  })
})

test('a product tells what its price allows, and nothing else may', async () => {
  const { product_id } = await client.products.create({
    name: 'Studio',
    tax_category: 'saas',
    price: { ...monthly, trial_period_days: 14, trial_payment_method_optional: true },
  })
  const told = async () => (await client.products.retrieve(product_id)).price
  expect(await told()).toMatchObject({
    trial_payment_method_optional: true,
    zero_amount_payment_method_optional: false,
  })
  await client.products.update(product_id, { price: { ...monthly, zero_amount_payment_method_optional: true } })
  expect(await told()).toMatchObject({
    trial_payment_method_optional: false,
    zero_amount_payment_method_optional: true,
  })
})
