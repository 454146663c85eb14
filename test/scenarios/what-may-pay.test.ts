// Which kinds of methods a checkout takes, whether the bank asks in any case, and what it prints: from the API to the processor's page.
import type DodoPayments from 'dodopayments'
import { UnprocessableEntityError } from 'dodopayments'
import { beforeEach, expect, test } from 'vitest'
import { createProduct } from '#core/catalog/create-product.ts'
import type { ProductFields } from '#core/catalog/product-columns.ts'
import { beginPayment } from '#core/checkout/begin-payment.ts'
import { reconcilePayment } from '#core/payments/reconcile-payment.ts'
import { openPage } from '#core/recovery/open-page.ts'
import { updatePaymentMethod } from '#core/subscriptions/update-payment-method.ts'
import type { BusinessCtx } from '#src/context.ts'
import { checkedClient } from '#test/conformance/checked-client.ts'
import { buy, cards, download, payCheckout, plan, post } from '#test/support/buy.ts'
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

const mara = { email: 'mara@northwind.example', name: 'Mara Lindqvist' }
const billing = { country: 'SE' } as const
const make = async (product: ProductFields) => (await createProduct(await world.fresh(), product)).product_id
const amounts = async () => (await capturesOf(world)).map(({ amount }) => amount)
const typed = (number: string) => ({ number, expiry: '12/34', cvc: '123', name: mara.name })

/** What the sandbox knows of its pages and charges, oldest first. */
async function printed() {
  const { db } = world.database.connections.pool('sandbox')
  const rows = await db.selectFrom('intents').selectAll().where('business_id', '=', world.business_id).execute()
  return rows
    .toSorted((a, b) => Temporal.Instant.compare(a.created_at, b.created_at))
    .map(({ kind, statement_descriptor }) => `${kind} ${statement_descriptor}`)
}

test('a card of another kind is refused on the page in plain words, and one of the right kind pays', async () => {
  const product_id = await make(plan())
  const { session_id } = await client.checkoutSessions.create({
    product_cart: [{ product_id, quantity: 1 }],
    allowed_payment_method_types: ['debit', 'apple_pay', 'debit'],
  })
  const refused = await payCheckout(world, session_id, { card: cards.good })
  expect([refused.status, await amounts()]).toEqual([422, []])
  const page = await refused.text()
  expect(page).toContain('This is a credit card, and only debit cards are taken here')
  expect(page).toContain('Only debit cards are taken here.')
  expect(page).not.toContain('4242 4242 4242 4242')
  await payCheckout(world, session_id, { card: cards.mastercard })
  expect(await amounts()).toEqual([3000])
  const [subscription] = await rowsOf(world, 'subscriptions')
  expect(await stateOf(world, subscription?.subscription_id ?? '')).toBe('active until 2026-02-28')
  expect(await brokenInvariants(world)).toEqual([])
})

test('UPI alone is a page without a card, in India, and nothing elsewhere', async () => {
  const rupees = await make({ ...plan({ currency: 'INR', price: 50000 }) })
  const checkout = {
    product_cart: [{ product_id: rupees, quantity: 1 }],
    allowed_payment_method_types: ['upi_collect' as const],
  }
  // Of a buyer nobody knows yet it may be; of one in Sweden it cannot.
  const { session_id } = await client.checkoutSessions.create(checkout)
  const elsewhere = await payCheckout(world, session_id, { country: 'SE' })
  expect(elsewhere.status).toBe(422)
  expect(await elsewhere.text()).toContain('None of the accepted ways to pay is available in this country.')
  await expect(client.checkoutSessions.create({ ...checkout, billing_address: { country: 'SE' } })).rejects.toThrow(
    UnprocessableEntityError,
  )
  const begun = await post(world, world.urls.checkout(session_id), { ...mara, country: 'IN' })
  const page = begun.headers.get('location') ?? ''
  const form = await (await world.app.request(page)).text()
  expect([form.includes('UPI id'), form.includes('Card number')]).toEqual([true, false])
  const card = await post(world, page, { pay_with: 'card', ...typed(cards.good) })
  expect(card.status).toBe(422)
  const paid = await post(world, page, { upi_id: 'success@upi' })
  await world.app.request(paid.headers.get('location') ?? '')
  expect(await amounts()).toEqual([50000])
  expect((await rowsOf(world, 'payment_methods')).map(({ type }) => type)).toEqual(['upi'])
})

test('where nothing is left no checkout, order or link is made', async () => {
  const { subscription_id, customer_id } = await buy(world)
  const [method] = await rowsOf(world, 'payment_methods')
  const payment_method_id = method?.payment_method_id ?? ''
  const [subscribed, bought] = [await make(plan()), await make(download(4900))]
  const before = await rowsOf(world, 'checkout_sessions')
  const allowed_payment_method_types = ['klarna' as const]
  const order = { product_id: subscribed, quantity: 1, billing, customer: { customer_id } }
  const purchase = { product_cart: [{ product_id: bought, quantity: 1 }], billing, customer: { customer_id } }
  const refused = [
    () => client.checkoutSessions.create({ ...purchase, allowed_payment_method_types }),
    () => client.subscriptions.create({ ...order, allowed_payment_method_types }),
    () => client.payments.create({ ...purchase, allowed_payment_method_types }),
    // The saved card is a credit card.
    () => client.payments.create({ ...purchase, payment_method_id, allowed_payment_method_types: ['debit'] }),
    () =>
      client.subscriptions.updatePaymentMethod(subscription_id, {
        payment_method: { type: 'new', allowed_payment_method_types },
      }),
    // Nobody is there to be asked.
    () => client.payments.create({ ...purchase, payment_method_id, force_3ds: true }),
  ]
  for (const ask of refused) await expect(ask()).rejects.toThrow(UnprocessableEntityError)
  const told = refused[0]?.() ?? Promise.resolve()
  await expect(told).rejects.toMatchObject({ error: { code: 'NO_ELIGIBLE_PAYMENT_METHODS' } })
  expect(await rowsOf(world, 'checkout_sessions')).toEqual(before)
  // An empty list allows all, and the right kind is charged at once.
  const paid = { ...purchase, payment_method_id }
  expect((await client.payments.create({ ...paid, allowed_payment_method_types: [] })).total_amount).toBe(4900)
  expect((await client.payments.create({ ...paid, allowed_payment_method_types: ['credit'] })).total_amount).toBe(4900)
  expect(await amounts()).toEqual([3000, 4900, 4900])
})

test('the bank asks about every card, at the order and whenever the holder is there later, but not for renewals', async () => {
  const product_id = await make(plan())
  const order = { product_id, quantity: 1, customer: mara, billing, force_3ds: true, payment_link: true }
  const { subscription_id, payment_link } = await client.subscriptions.create(order)
  const begun = await post(world, payment_link ?? '', { ...mara, country: 'SE' })
  const page = begun.headers.get('location') ?? ''
  const answer = (decision: string, try_number: number) =>
    post(world, `${page}/challenge`, { decision, try_number: String(try_number) })
  // A card that is going to be declined is, once its holder has approved.
  const asked = await post(world, page, typed(cards.declined))
  expect([asked.headers.get('location'), await amounts()]).toEqual([expect.stringMatching(/\/challenge$/), []])
  expect((await answer('approve', 1)).headers.get('location')).toMatch(/sandbox\/pages\/\w+/)
  expect(await (await world.app.request(page)).text()).toContain('Your payment was declined')
  await post(world, page, typed(cards.good))
  expect(await amounts()).toEqual([])
  await world.app.request((await answer('approve', 2)).headers.get('location') ?? '')
  expect(await amounts()).toEqual([3000])
  await world.advanceTo('2026-03-01T00:00:00Z')
  expect(await amounts()).toEqual([3000, 3000])
  // Another method of it: the bank is asked there, too.
  const { payment_link: again } = await client.subscriptions.updatePaymentMethod(subscription_id, {
    payment_method: { type: 'new', allowed_payment_method_types: ['debit'] },
  })
  const opened = await post(world, again ?? '', {})
  const setup = opened.headers.get('location') ?? ''
  expect((await post(world, setup, typed(cards.good))).status).toBe(422)
  expect((await post(world, setup, typed(cards.mastercard))).headers.get('location')).toMatch(/\/challenge$/)
  expect(await brokenInvariants(world)).toEqual([])
})

test('what is owed is paid with a saved card by whoever is there: the bank asks first', async () => {
  const product_id = await make(plan())
  const { session_id } = await client.checkoutSessions.create({
    product_cart: [{ product_id, quantity: 1 }],
    force_3ds: true,
  })
  const begun = await post(world, world.urls.checkout(session_id), { ...mara, country: 'SE' })
  const page = begun.headers.get('location') ?? ''
  await post(world, page, typed(cards.failsLater))
  await world.app.request(
    (await post(world, `${page}/challenge`, { decision: 'approve', try_number: '1' })).headers.get('location') ?? '',
  )
  const [subscription] = await rowsOf(world, 'subscriptions')
  const { subscription_id = '', customer_id = '' } = subscription ?? {}
  await world.advanceTo('2026-03-01T00:00:00Z')
  expect(await stateOf(world, subscription_id)).toMatch(/^on_hold/)
  const { payment_method_id } = await savedBesides(customer_id)
  const there = { return_url: () => 'https://portal.example/back' }
  const payment = await updatePaymentMethod(await world.fresh(), subscription_id, payment_method_id, there)
  expect(payment?.status).toBe('requires_customer_action')
  expect(await amounts()).toEqual([3000, 3000])
  const bank = payment?.action_url ?? ''
  await post(world, `${bank}/challenge`, { decision: 'approve', try_number: '1' })
  await reconcilePayment(await world.fresh(), payment?.payment_id ?? '')
  expect(await amounts()).toEqual([3000, 3000, 3000])
  expect(await stateOf(world, subscription_id)).toMatch(/^active/)
  expect(await brokenInvariants(world)).toEqual([])
})

/** Another card of the same customer, which pays for another plan. */
async function savedBesides(customer_id: string) {
  await buy(world, plan({}, { name: 'Other' }), { card: cards.mastercard })
  const methods = await rowsOf(world, 'payment_methods')
  const found = methods.find((each) => each.customer_id === customer_id && each.card_network === 'mastercard')
  if (found === undefined) throw new Error('the second card was saved')
  return found
}

test('a saved card at a checkout: the bank asks about one thing, too, and what got lost is not charged behind its holder', async () => {
  const { customer_id } = await buy(world)
  const [method] = await rowsOf(world, 'payment_methods')
  const { session_id } = await client.checkoutSessions.create({
    product_cart: [{ product_id: await make(download(4900)), quantity: 1 }],
    customer: { customer_id },
    show_saved_payment_methods: true,
    force_3ds: true,
  })
  const press = async (ctx: BusinessCtx) => {
    const address = { country: 'SE', state: null, city: null, street: null, zipcode: null }
    const buyer = { ...mara, phone_number: null, billing: address, locale: 'en' }
    return beginPayment(ctx, session_id, buyer, method?.payment_method_id)
  }
  const lost = await withProcessor(world, () => ({
    charge: async () => ({ status: 'unknown', reason: 'The request got lost' }),
  }))
  expect(await press(lost)).toEqual({ type: 'checking' })
  const failed = await reconcilePayment(await world.fresh(), (await rowsOf(world, 'payments')).at(-1)?.payment_id ?? '')
  expect([failed.status, failed.error_code, await amounts()]).toEqual(['failed', 'AUTHENTICATION_TIMEOUT', [3000]])
  const step = await press(await world.fresh())
  expect([step.type, await amounts()]).toEqual(['page', [3000]])
  const bank = step.type === 'page' ? step.url : ''
  const back = await post(world, `${bank}/challenge`, { decision: 'approve', try_number: '1' })
  await world.app.request(back.headers.get('location') ?? '')
  expect(await amounts()).toEqual([3000, 4900])
  expect(await brokenInvariants(world)).toEqual([])
})

test('a page that was opened for all kinds is closed when a link asks for one', async () => {
  const { subscription_id } = await buy(world)
  const place = { link: null, locale: 'en', return_url: () => 'https://portal.example/back' }
  const { url: all = '' } = await openPage(await world.fresh(), subscription_id, place)
  const ask = (kind: 'credit' | 'debit') =>
    client.subscriptions.updatePaymentMethod(subscription_id, {
      payment_method: { type: 'new', allowed_payment_method_types: [kind] },
    })
  const open = async (link: string | null | undefined) =>
    (await post(world, link ?? '', {})).headers.get('location') ?? ''
  const debit = await open((await ask('debit')).payment_link)
  const credit = await open((await ask('credit')).payment_link)
  expect(new Set([all, debit, credit]).size).toBe(3)
  expect((await world.app.request(all)).status).toBe(410)
  expect((await world.app.request(debit)).status).toBe(410)
  expect((await post(world, credit, typed(cards.mastercard))).status).toBe(422)
})

test('the brand of what is sold stands on the statement, of the first payment, the renewal and the page of another card', async () => {
  const { brand_id } = await client.brands.create({ name: 'Pencils', statement_descriptor: ' LINDEN PENCILS ' })
  expect((await client.brands.retrieve(brand_id)).statement_descriptor).toBe('LINDEN PENCILS')
  const { subscription_id } = await buy(world, plan({}, { brand_id }))
  await buy(world, plan({}, { name: 'Of the business' }), { email: 'noor@northwind.example' })
  await world.advanceTo('2026-03-01T00:00:00Z')
  const { payment_link } = await client.subscriptions.updatePaymentMethod(subscription_id, {
    payment_method: { type: 'new' },
  })
  const opened = await post(world, payment_link ?? '', {})
  const page = await (await world.app.request(opened.headers.get('location') ?? '')).text()
  expect(page).toContain('On your statement: LINDEN PENCILS')
  const told = await printed()
  expect(told.slice(0, 2)).toEqual(['payment_page LINDEN PENCILS', 'payment_page null'])
  expect(told.slice(2).toSorted()).toEqual(['charge LINDEN PENCILS', 'charge null', 'setup_page LINDEN PENCILS'])
  // Cleared, the processor prints what it does by itself, and the beginning of the name is told.
  const cleared = await client.brands.update(brand_id, { statement_descriptor: null })
  expect(cleared.statement_descriptor).toBe('Pencils')
  await world.advanceTo('2026-04-01T00:00:00Z')
  expect((await printed()).slice(-2)).toEqual(['charge null', 'charge null'])
})

test.each([
  'PENC',
  'A'.repeat(23),
  '12345',
  'LINDEN*PENCILS',
  'LINDEN "A"',
  "MARA'S SHOP",
  'A<B>CDE',
  'A\\BCDE',
  'BÜCHER',
])('a bank would not print %s', async (statement_descriptor) => {
  await expect(client.brands.create({ name: 'Pencils', statement_descriptor })).rejects.toThrow(
    UnprocessableEntityError,
  )
})
