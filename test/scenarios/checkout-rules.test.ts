// What a shop may want of the page of its checkout: what it asks, what stays as told, how it looks, what can be chosen on it.
import type DodoPayments from 'dodopayments'
import { UnprocessableEntityError } from 'dodopayments'
import type { CheckoutSessionCreateParams } from 'dodopayments/resources/checkout-sessions'
import { beforeEach, describe, expect, test } from 'vitest'
import { createAddon } from '#core/catalog/create-addon.ts'
import { createProduct } from '#core/catalog/create-product.ts'
import type { ProductFields } from '#core/catalog/product-columns.ts'
import { beginPayment } from '#core/checkout/begin-payment.ts'
import { checkedClient } from '#test/conformance/checked-client.ts'
import { buy, cards, download, payCheckout, plan, post } from '#test/support/buy.ts'
import { setLaterCharges } from '#test/support/later-charges.ts'
import { stage } from '#test/support/stage.ts'
import { capturesOf, rowsOf, stateOf, withProcessor } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()
let world: World
let client: DodoPayments

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-31T09:00:00Z' })
  client = checkedClient(world)
})

const mara = { email: 'mara@northwind.example', name: 'Mara Lindqvist', country: 'SE' }
const make = async (product: ProductFields) => (await createProduct(await world.fresh(), product)).product_id
const page = async (checkout_id: string) => (await world.app.request(world.urls.checkout(checkout_id))).text()

async function sell(params: Partial<CheckoutSessionCreateParams>, product = plan()): Promise<string> {
  const product_cart = [{ product_id: await make(product), quantity: 1 }]
  return (await client.checkoutSessions.create({ product_cart, ...params })).session_id
}

/** Presses Pay; answers where the browser goes, or what the page says. */
async function press(checkout_id: string, fields: Record<string, string> = {}) {
  const answer = await post(world, world.urls.checkout(checkout_id), { ...mara, ...fields })
  return answer.status === 303 ? (answer.headers.get('location') ?? '') : answer.text()
}

async function enterCard(url: string, number: string = cards.good): Promise<Response> {
  const paid = await post(world, url, { number, expiry: '12/34', cvc: '123', name: mara.name })
  return world.app.request(paid.headers.get('location') ?? '')
}

const refusalOf = async (asked: Promise<unknown>) => {
  const error = await asked.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof UnprocessableEntityError)) throw new Error(`not refused: ${String(error)}`)
  return error.message
}

describe('questions of the shop', () => {
  const custom_fields = [
    { key: 'team', label: 'How large is your team?', field_type: 'number', required: true },
    { key: 'size', label: 'Size', field_type: 'dropdown', options: ['S', 'M'] },
    { key: 'terms', label: 'I accept the terms', field_type: 'boolean', required: true },
  ] satisfies CheckoutSessionCreateParams['custom_fields']

  test('are asked, kept while something is wrong, and stand on the payment and the subscription', async () => {
    const id = await sell({ custom_fields })
    const told = await press(id, { question_team: 'twelve', question_size: 'M' })
    expect(told).toMatch(/Please enter a number/)
    expect(told).toMatch(/<option value="M" selected/)
    expect(await rowsOf(world, 'payments')).toEqual([])
    await enterCard(await press(id, { question_team: '12', question_size: 'M', question_terms: 'yes' }))
    const answers = [
      { key: 'team', value: '12' },
      { key: 'size', value: 'M' },
      { key: 'terms', value: 'true' },
    ]
    const [payment] = (await client.payments.list()).items
    expect((await client.payments.retrieve(payment?.payment_id ?? '')).custom_field_responses).toEqual(answers)
    const subscription = await client.subscriptions.retrieve(payment?.subscription_id ?? '')
    expect(subscription.custom_field_responses).toEqual(answers)
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('belong to their checkout: what was not asked is refused', async () => {
    const id = await sell({})
    expect(await press(id, { question_team: '12' })).toContain('could not be read')
  })

  test('have a key each, and a dropdown has options', async () => {
    const twice = [...custom_fields, { key: 'team', label: 'Again', field_type: 'text' as const }]
    expect(await refusalOf(sell({ custom_fields: twice }))).toContain('a key of their own')
    const empty = [{ key: 'a', label: 'A', field_type: 'dropdown' as const }]
    expect(await refusalOf(sell({ custom_fields: empty }))).toContain('options')
  })
})

describe('what the shop told', () => {
  const told = {
    customer: { email: mara.email, name: mara.name },
    billing_address: { country: 'SE', city: 'Malmö' },
  } as const

  test('stays as it is where the shop says so, whatever a form sends', async () => {
    const flags = { allow_customer_editing_email: false, allow_customer_editing_country: false }
    const id = await sell({ ...told, feature_flags: flags })
    expect(await page(id)).toMatch(/name="email"[^>]*readonly|readonly[^>]*name="email"/)
    await enterCard(await press(id, { email: 'other@northwind.example', country: 'US', name: 'Mara L.' }))
    const [customer] = (await client.customers.list()).items
    expect([customer?.email, customer?.name]).toEqual([mara.email, 'Mara L.'])
    expect((await rowsOf(world, 'payments')).map(({ billing }) => billing.country)).toEqual(['SE'])
  })

  test('is the buyer’s to change otherwise', async () => {
    const id = await sell(told)
    await enterCard(await press(id, { email: 'other@northwind.example' }))
    expect((await client.customers.list()).items.map(({ email }) => email)).toEqual(['other@northwind.example'])
  })
})

test('a phone number is asked for where nobody pays without one, and is the new customer’s', async () => {
  const id = await sell({ feature_flags: { require_phone_number: true } })
  expect(await press(id)).toContain('Please fill this in')
  expect(await press(id, { phone_number: 'none' })).toContain('Please enter a phone number')
  await enterCard(await press(id, { phone_number: '+46 8 123 456' }))
  expect((await client.customers.list()).items.map(({ phone_number }) => phone_number)).toEqual(['+46 8 123 456'])
})

test('who buys as a company needs a tax id, where the shop wants it; nobody is asked where it does not', async () => {
  const id = await sell({ feature_flags: { require_tax_id: true } })
  expect(await press(id, { business_name: 'Northwind AB' })).toContain('To buy as a company')
  expect(await press(id, { business_name: 'Northwind AB', tax_id: 'SE556677889901' })).toContain('/sandbox/')
  expect(await press(await sell({ feature_flags: { require_tax_id: true } }))).toContain('/sandbox/')
  expect(await page(await sell({ feature_flags: { allow_tax_id: false } }))).not.toContain('name="tax_id"')
})

test('a customer of their own, though the address is known', async () => {
  const { customer_id } = await buy(world, plan())
  const id = await sell({ feature_flags: { always_create_new_customer: true } })
  // Left once, so that the same new customer comes back.
  await press(id)
  await enterCard(await press(id))
  const customers = (await client.customers.list()).items
  expect(customers.map(({ email }) => email)).toEqual([mara.email, mara.email])
  const [last] = (await client.payments.list()).items
  expect(last?.customer.customer_id).not.toBe(customer_id)
})

describe('the look', () => {
  test('is this checkout’s: mode, colours, the words of the button, what is folded away', async () => {
    const theme_config = { light: { button_primary: '#5a3fb8' }, pay_button_text: 'Join the studio' }
    const look = { theme: 'light', theme_config, show_order_details: false } as const
    const html = await page(await sell({ customization: look }))
    expect(html).toContain('#5a3fb8')
    expect(html).toContain('data-mode="light"')
    expect(html).toContain('Join the studio')
    expect(html).toContain('Show what you are buying')
    expect(await page(await sell({}))).not.toContain('#5a3fb8')
  })

  test('that people could not read is refused', async () => {
    const theme_config = { light: { text_primary: '#fefefe', bg_primary: '#ffffff' } }
    expect(await refusalOf(sell({ customization: { theme_config } }))).toContain('contrast')
  })
})

describe('saved methods', () => {
  const methodIn = (html: string) => /name="payment_method" value="(pm_\w+)"/.exec(html)?.[1]

  test('of the customer the shop names can be paid with, and nobody else’s are shown', async () => {
    const { customer_id } = await buy(world, plan(), { card: cards.mastercard })
    const shown = { show_saved_payment_methods: true, customer: { customer_id } }
    const id = await sell(shown)
    const method = methodIn(await page(id)) ?? ''
    const paid = await press(id, { payment_method: method })
    expect(paid).toBe(world.urls.checkoutReturn(id))
    const [last] = (await client.payments.list()).items
    expect(last).toMatchObject({ status: 'succeeded', customer: { customer_id } })
    const { payment_method_id, status } = await client.subscriptions.retrieve(last?.subscription_id ?? '')
    expect([payment_method_id, status]).toEqual([method, 'active'])
    expect((await capturesOf(world)).map(({ amount }) => amount)).toEqual([3000, 3000])
    // By an address alone, and without the wish, nothing is shown.
    expect(methodIn(await page(await sell({ ...shown, customer: { email: mara.email } })))).toBeUndefined()
    expect(methodIn(await page(await sell({ customer: { customer_id } })))).toBeUndefined()
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('are refused to another address, and where they were never offered', async () => {
    const { customer_id } = await buy(world, plan())
    const [saved] = await rowsOf(world, 'payment_methods')
    const payment_method = saved?.payment_method_id ?? ''
    const id = await sell({ show_saved_payment_methods: true, customer: { customer_id } })
    expect(await press(id, { payment_method, email: 'eve@northwind.example' })).toContain('cannot be used here')
    expect(await press(await sell({}), { payment_method })).toContain('cannot be used here')
    expect((await capturesOf(world)).length).toBe(1)
  })

  test('are asked about by the bank; left without an answer, another one pays, and nothing is paid twice', async () => {
    const { customer_id } = await buy(world, plan())
    await setLaterCharges(world, 'AUTHENTICATION_REQUIRED')
    const id = await sell({ show_saved_payment_methods: true, customer: { customer_id } })
    const payment_method = methodIn(await page(id)) ?? ''
    const asked = await press(id, { payment_method })
    expect(asked).toContain('/sandbox/')
    const other = await press(id, { payment_method: '' })
    expect(other).not.toBe(asked)
    await enterCard(other)
    const late = await post(world, `${asked}/challenge`, { try_number: '1', decision: 'approve' })
    expect(late.headers.get('location') ?? '').not.toContain('subscription_id')
    const [last] = (await client.payments.list()).items
    expect(last?.status).toBe('succeeded')
    expect(await stateOf(world, last?.subscription_id ?? '')).toBe('active until 2026-02-28')
    expect((await capturesOf(world)).map(({ amount }) => amount)).toEqual([3000, 3000])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('are paid with once the bank was answered', async () => {
    const { customer_id } = await buy(world, plan())
    await setLaterCharges(world, 'AUTHENTICATION_REQUIRED')
    const id = await sell({ show_saved_payment_methods: true, customer: { customer_id } })
    const asked = await press(id, { payment_method: methodIn(await page(id)) ?? '' })
    const back = await post(world, `${asked}/challenge`, { try_number: '1', decision: 'approve' })
    const done = await world.app.request(back.headers.get('location') ?? '')
    expect(done.headers.get('location')).toBe(world.urls.checkoutDone(id))
    const [last] = (await client.payments.list()).items
    expect(await stateOf(world, last?.subscription_id ?? '')).toBe('active until 2026-02-28')
  })

  test('pressed in many windows at once, one charge is made', async () => {
    const { customer_id } = await buy(world, plan())
    const id = await sell({ show_saved_payment_methods: true, customer: { customer_id } })
    const payment_method = methodIn(await page(id)) ?? ''
    const windows = await Promise.all(Array.from({ length: 8 }, () => press(id, { payment_method })))
    expect(new Set(windows)).toEqual(new Set([world.urls.checkoutReturn(id)]))
    expect((await capturesOf(world)).map(({ amount }) => amount)).toEqual([3000, 3000])
    const paid = (await client.payments.list()).items.filter(({ status }) => status === 'succeeded')
    expect(paid.length).toBe(2)
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('whose charge is still on its way is neither given up nor made twice', async () => {
    const { customer_id } = await buy(world, plan())
    const id = await sell({ show_saved_payment_methods: true, customer: { customer_id } })
    const method = methodIn(await page(id)) ?? ''
    const ctx = await world.fresh()
    const sent = Promise.withResolvers<void>()
    const slow = await withProcessor(world, ({ charge }) => ({
      charge: async (request) => {
        await sent.promise
        return charge(request)
      },
    }))
    const { country, ...person } = mara
    const address = { country, state: null, city: null, street: null, zipcode: null }
    const buyer = { ...person, phone_number: null, billing: address, locale: 'en' }
    const first = beginPayment(slow, id, buyer, method)
    await expect.poll(async () => (await rowsOf(world, 'payments')).at(-1)?.status).toBe('processing')
    await expect(beginPayment(ctx, id, buyer, method)).rejects.toThrow('paid already')
    sent.resolve()
    expect(await first).toEqual({ type: 'done' })
    expect((await capturesOf(world)).map(({ amount }) => amount)).toEqual([3000, 3000])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('whose charge nobody answers: the page says that it is being checked, and no other way to pay opens', async () => {
    const { customer_id } = await buy(world, plan(), { card: cards.timesOut })
    const id = await sell({ show_saved_payment_methods: true, customer: { customer_id } })
    const payment_method = methodIn(await page(id)) ?? ''
    expect(await press(id, { payment_method })).toBe(world.urls.checkoutReturn(id))
    expect(await press(id, { payment_method: '' })).toBe(world.urls.checkoutReturn(id))
    await world.app.request(world.urls.checkoutReturn(id))
    expect((await capturesOf(world)).map(({ amount }) => amount)).toEqual([3000, 3000])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('begin a free trial without a page of the processor', async () => {
    const { customer_id } = await buy(world, plan())
    const id = await sell(
      { show_saved_payment_methods: true, customer: { customer_id } },
      plan({ trial_period_days: 14 }),
    )
    const payment_method = methodIn(await page(id)) ?? ''
    expect(await press(id, { payment_method })).toBe(world.urls.checkoutReturn(id))
    const checkout = (await rowsOf(world, 'checkout_sessions')).find((row) => row.checkout_id === id)
    const begun = await client.subscriptions.retrieve(checkout?.subscription_id ?? '')
    expect(begun).toMatchObject({ status: 'active', trial_period_days: 14, payment_method_id: payment_method })
  })
})

describe('confirmed as it is made', () => {
  const billing_address = { country: 'SE' } as const

  test('with a saved method it is paid at once, and has no page', async () => {
    const { customer_id } = await buy(world, plan())
    const [saved] = await rowsOf(world, 'payment_methods')
    const made = await client.checkoutSessions.create({
      product_cart: [{ product_id: await make(download(1000)), quantity: 2 }],
      customer: { customer_id },
      billing_address,
      confirm: true,
      payment_method_id: saved?.payment_method_id ?? '',
    })
    expect(made.checkout_url).toBeNull()
    const paid = await client.payments.retrieve(made.payment_id ?? '')
    expect(paid).toMatchObject({ status: 'succeeded', total_amount: 2000 })
    expect(await client.checkoutSessions.retrieve(made.session_id)).toMatchObject({ payment_status: 'succeeded' })
  })

  test('without one its payment waits at the page', async () => {
    const product_cart = [{ product_id: await make(plan()), quantity: 1 }]
    const customer = { email: mara.email, name: mara.name }
    const made = await client.checkoutSessions.create({ product_cart, customer, billing_address, confirm: true })
    expect(await client.payments.retrieve(made.payment_id ?? '')).toMatchObject({ status: 'requires_customer_action' })
    await payCheckout(world, made.session_id)
    expect(await client.payments.retrieve(made.payment_id ?? '')).toMatchObject({ status: 'succeeded' })
  })

  test('what is missing is named', async () => {
    const customer = { email: mara.email }
    expect(await refusalOf(sell({ confirm: true, customer }))).toContain('billing_address is needed')
    expect(await refusalOf(sell({ confirm: true, billing_address }))).toContain('customer is needed')
    const flags = { require_tax_id: true }
    expect(await refusalOf(sell({ confirm: true, customer, billing_address, feature_flags: flags }))).toContain(
      'tax_id',
    )
    expect(await refusalOf(sell({ payment_method_id: 'pm_1' }))).toContain('confirm')
  })
})

describe('what is bought', () => {
  async function collection() {
    const items = [await make(plan({}, { name: 'Basic' })), await make(plan({ price: 8000 }, { name: 'Pro' }))]
    const { id } = await client.productCollections.create({
      name: 'Studio',
      groups: [{ group_name: 'Monthly', products: items.map((product_id) => ({ product_id })) }],
    })
    return { id, items }
  }

  test('is one of a collection: the first, until another is chosen', async () => {
    const { id, items } = await collection()
    const made = await client.checkoutSessions.create({ product_collection_id: id, product_cart: [] })
    expect(await page(made.session_id)).toMatch(/Monthly[\s\S]*Basic[\s\S]*Chosen[\s\S]*Choose Pro[\s\S]*Pay \$30\.00/)
    const cart = world.urls.checkoutCart(made.session_id)
    expect((await post(world, cart, { product_id: items[1] ?? '' })).status).toBe(303)
    expect(await page(made.session_id)).toContain('Pay $80.00')
    expect((await post(world, cart, { product_id: await make(plan({ price: 1 })) })).status).toBe(404)
    await payCheckout(world, made.session_id)
    const [payment] = (await client.payments.list()).items
    expect(payment?.total_amount).toBe(8000)
    expect((await client.subscriptions.retrieve(payment?.subscription_id ?? '')).product_id).toBe(items[1])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('changed while a page of the processor is open: that page takes no money any more', async () => {
    const { id, items } = await collection()
    const made = await client.checkoutSessions.create({ product_collection_id: id, product_cart: [] })
    const open = await press(made.session_id)
    await post(world, world.urls.checkoutCart(made.session_id), { product_id: items[1] ?? '' })
    await enterCard(open).catch(() => undefined)
    expect(await capturesOf(world)).toEqual([])
    await payCheckout(world, made.session_id)
    expect((await capturesOf(world)).map(({ amount }) => amount)).toEqual([8000])
  })

  test('takes neither codes nor a cart beside the collection', async () => {
    const { id, items } = await collection()
    const product_collection_id = id
    const cart = [{ product_id: items[0] ?? '', quantity: 1 }]
    expect(await refusalOf(sell({ product_collection_id, product_cart: cart }))).toContain('product_cart')
    expect(await refusalOf(sell({ product_collection_id, product_cart: [], discount_codes: ['HALF'] }))).toContain(
      'discount_codes',
    )
  })

  test('has as many add-ons as the buyer wants, where the shop lets them', async () => {
    const ctx = await world.fresh()
    const { addon_id } = await createAddon(ctx, { name: 'Seat', price: 500, currency: 'USD', tax_category: 'saas' })
    const product = plan({}, { addons: [addon_id] })
    const id = await sell({ feature_flags: { allow_editing_addons: true } }, product)
    const cart = world.urls.checkoutCart(id)
    await post(world, cart, { addon_id, quantity: '2' })
    expect(await page(id)).toContain('Pay $40.00')
    await post(world, cart, { addon_id, quantity: '0' })
    expect(await page(id)).toContain('Pay $30.00')
    const fixed = await sell({}, product)
    expect((await post(world, world.urls.checkoutCart(fixed), { addon_id, quantity: '2' })).status).toBe(404)
    expect(await page(fixed)).toContain('Pay $30.00')
  })
})
