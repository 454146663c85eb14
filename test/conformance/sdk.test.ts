// The published SDK against this app, with nothing but its base address changed. What is imported for its tests alone stands first.
import '#test/conformance/operations/brands.ts'
import '#test/conformance/operations/catalog.ts'
import '#test/conformance/operations/credits.ts'
import '#test/conformance/operations/discounts.ts'
import '#test/conformance/operations/files.ts'
import '#test/conformance/operations/images.ts'
import '#test/conformance/operations/licenses.ts'
import '#test/conformance/operations/metered.ts'
import '#test/conformance/operations/metered-credits.ts'
import '#test/conformance/operations/orders.ts'
import '#test/conformance/operations/plan-change.ts'
import '#test/conformance/operations/selling.ts'
import '#test/conformance/operations/sent-emails.ts'
import '#test/conformance/operations/short-links.ts'
import '#test/conformance/operations/trials.ts'
import '#test/conformance/operations/wallets.ts'
import '#test/conformance/operations/webhooks.ts'

import DodoPayments, { ConflictError, NotFoundError, UnprocessableEntityError } from 'dodopayments'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { endpoints } from '#api/endpoints.ts'
import { cards, payCheckout } from '#test/support/buy.ts'
import { createWorld, type World } from '#test/support/world.ts'
import { checkedClient, covered } from './checked-client.ts'
import { monthly } from './prices.ts'
import { published } from './published-schemas.ts'

let world: World
let client: DodoPayments
const ofTheContract = endpoints.filter(({ path }) => !path.startsWith('/portico/'))

beforeAll(async () => {
  world = await createWorld({ startsAt: '2026-01-31T10:00:00Z' })
  client = checkedClient(world)
})

afterAll(async () => {
  await world.close()
  const asked = ofTheContract.filter(({ operation }) => covered.has(operation)).length
  const by = published ? ', by the published schemas' : ''
  console.info(`SDK conformance: ${asked} of ${ofTheContract.length} operations${by}`)
})

describe('customers', () => {
  test('are created, retrieved, updated and found', async () => {
    const mara = await client.customers.create({
      email: 'Mara@Northwind.example',
      name: 'Mara Lindqvist',
      phone_number: '+46 8 123 456',
      metadata: { plan_source: 'ads', seats: 3, vip: true },
    })
    expect(mara).toMatchObject({ business_id: world.business_id, email: 'Mara@Northwind.example', blocked_at: null })
    expect(await client.customers.retrieve(mara.customer_id)).toEqual(mara)
    const renamed = await client.customers.update(mara.customer_id, { name: 'Mara L.', phone_number: null })
    expect(renamed).toEqual({ ...mara, name: 'Mara L.', phone_number: null })
    for (const query of [
      { email: ' mara@northwind.EXAMPLE ' },
      { name: 'ara l' },
      { created_at_gte: mara.created_at },
    ]) {
      const { items } = await client.customers.list({ ...query, page_number: 0 })
      expect(items.map(({ customer_id }) => customer_id)).toEqual([mara.customer_id])
    }
    const later = await client.customers.list({ created_at_lte: '2026-01-01T00:00:00Z' })
    expect(later.items).toEqual([])
    expect((await client.customers.retrievePaymentMethods(mara.customer_id)).items).toEqual([])
  })

  test('are listed newest first, page after page from 0, each once', async () => {
    for (let n = 0; n < 23; n += 1) await client.customers.create({ email: `n${n}@example.com`, name: `Number ${n}` })
    const names: string[] = []
    for await (const { name } of client.customers.list({ page_number: 0, page_size: 5, name: 'Number' }))
      names.push(name)
    expect(names).toEqual(Array.from({ length: 23 }, (_, n) => `Number ${22 - n}`))
  })

  test('get a link into the portal', async () => {
    const { customer_id } = await client.customers.create({ email: 'link@example.com', name: 'Link' })
    const { link } = await client.customers.customerPortal.create(customer_id)
    expect(link).toMatch(/^http:\/\/localhost:3000\/session\/[\w-]{43}$/)
    const back = { return_url: 'http://localhost:4000/account?tab=1', send_email: true }
    const other = await client.customers.customerPortal.create(customer_id, back)
    expect(other.link).not.toBe(link)
    await world.work()
    const mails = await world.ctx.db.selectFrom('emails').select(['recipient']).execute()
    expect(mails).toEqual([{ recipient: 'link@example.com' }])
    const evil = client.customers.customerPortal.create(customer_id, { return_url: 'javascript:alert(1)' })
    await expect(evil).rejects.toThrow(UnprocessableEntityError)
  })
})

describe('products', () => {
  test('are created, retrieved, updated and listed', async () => {
    const plan = await client.products.create({
      name: 'Studio',
      tax_category: 'saas',
      price: monthly,
      metadata: { tier: 1 },
    })
    expect(plan).toMatchObject({
      is_recurring: true,
      brand_id: world.business_id,
      price: { ...monthly, discount_bps: 0 },
    })
    expect(await client.products.retrieve(plan.product_id)).toEqual(plan)
    const price = { ...monthly, price: 3100, discount_bps: 1250, trial_period_days: 14, tax_inclusive: true } as const
    await client.products.update(plan.product_id, { price, description: 'For teams', license_key_enabled: true })
    const changed = await client.products.retrieve(plan.product_id)
    expect(changed).toMatchObject({
      name: 'Studio',
      description: 'For teams',
      license_key_enabled: true,
      metadata: { tier: 1 },
    })
    expect(changed.price).toMatchObject({ price: 3100, discount: 13, discount_bps: 1250, trial_period_days: 14 })
    await client.products.update(plan.product_id, { description: null })
    expect((await client.products.retrieve(plan.product_id)).description).toBeNull()
    const packed = await client.products.create({
      name: 'Brush pack',
      tax_category: 'digital_products',
      price: { type: 'one_time_price', currency: 'JPY', price: 500, pay_what_you_want: true, suggested_price: 900 },
    })
    expect(packed.price).toMatchObject({ pay_what_you_want: true, suggested_price: 900 })
    const listed = async (query: object) =>
      (await client.products.list({ page_number: 0, ...query })).items.map(({ product_id }) => product_id)
    expect(await listed({})).toEqual([packed.product_id, plan.product_id])
    expect(await listed({ recurring: true })).toEqual([plan.product_id])
    expect(await listed({ recurring: false })).toEqual([packed.product_id])
    expect(await listed({ archived: true })).toEqual([])
    expect(await listed({ brand_id: world.business_id })).toHaveLength(2)
    expect(await listed({ brand_id: 'brnd_other' })).toEqual([])
    await expect(client.products.update(plan.product_id, { price: packed.price })).rejects.toThrow(
      UnprocessableEntityError,
    )
  })
})

describe('a purchase', () => {
  test('from product to renewal, invoice and end', async () => {
    const { product_id } = await client.products.create({ name: 'Studio', tax_category: 'saas', price: monthly })
    const { session_id, checkout_url } = await client.checkoutSessions.create({
      product_cart: [{ product_id, quantity: 2 }],
      customer: { email: 'kim@example.com', name: 'Kim' },
      billing_address: { country: 'SE' },
      return_url: 'https://shop.example.com/thanks',
      customization: { force_language: 'ar' },
      metadata: { order: 'A-1' },
    })
    expect(checkout_url).toBe(world.urls.checkout(session_id))
    const open = await client.checkoutSessions.retrieve(session_id)
    expect(open).toMatchObject({
      id: session_id,
      customer_email: 'kim@example.com',
      payment_id: null,
      payment_status: null,
    })
    await payCheckout(world, session_id, { email: 'kim@example.com', name: 'Kim' })
    const paid = await client.checkoutSessions.retrieve(session_id)
    expect(paid).toMatchObject({ customer_name: 'Kim', payment_status: 'succeeded' })

    const payment = await client.payments.retrieve(paid.payment_id ?? '')
    expect(payment).toMatchObject({
      total_amount: 6000,
      settlement_amount: 6000,
      checkout_session_id: session_id,
      card_network: 'VISA',
      card_last_four: '4242',
      payment_provider: 'dodo',
      metadata: { order: 'A-1' },
      refund_status: null,
    })
    const lines = await client.payments.retrieveLineItems(payment.payment_id)
    expect(lines).toEqual({
      currency: 'USD',
      items: [
        { items_id: product_id, name: 'Studio', description: null, amount: 6000, tax: 0, refundable_amount: 6000 },
      ],
    })
    const { customer_id } = payment.customer
    const { items: methods } = await client.customers.retrievePaymentMethods(customer_id)
    expect(methods).toMatchObject([{ payment_method: 'card', card: { last4_digits: '4242', card_network: 'VISA' } }])
    expect(methods[0]?.last_used_at).toBe(payment.created_at)

    const subscription = await client.subscriptions.retrieve(payment.subscription_id ?? '')
    expect(subscription).toMatchObject({
      status: 'active',
      quantity: 2,
      recurring_pre_tax_amount: 6000,
      has_payment_method: true,
    })
    const { now } = await client.post<{ now: string }>('/portico/test-clock/advance', {
      body: { to: '2026-03-01T00:00:00Z' },
    })
    expect(now.slice(0, 10)).toBe('2026-03-01')
    const { items: payments } = await client.payments.list({ customer_id, product_id, currency: 'USD', page_number: 0 })
    expect(payments.map(({ created_at }) => created_at.slice(0, 10))).toEqual(['2026-02-28', '2026-01-31'])
    const renewed = await client.subscriptions.list({ customer_id, status: 'active', page_number: 0 })
    expect(renewed.items[0]?.next_billing_date.slice(0, 10)).toBe('2026-03-31')
    const ended = await client.subscriptions.update(subscription.subscription_id, { status: 'cancelled' })
    expect(ended.status).toBe('cancelled')
  })

  test('is changed to another plan, now and at the next billing date', async () => {
    const make = async (name: string, price: number) =>
      (await client.products.create({ name, tax_category: 'saas', price: { ...monthly, price } })).product_id
    const [basic, pro] = [await make('Basic', 3000), await make('Pro', 8000)]
    const { session_id } = await client.checkoutSessions.create({ product_cart: [{ product_id: basic, quantity: 1 }] })
    await payCheckout(world, session_id, { email: 'plan@example.com' })
    const { payment_id } = await client.checkoutSessions.retrieve(session_id)
    const { subscription_id } = await client.payments.retrieve(payment_id ?? '')
    const id = subscription_id ?? ''
    const later = {
      product_id: pro,
      quantity: 2,
      proration_billing_mode: 'full_immediately',
      effective_at: 'next_billing_date',
    } as const
    await client.subscriptions.changePlan(id, later)
    const waiting = await client.subscriptions.retrieve(id)
    expect(waiting).toMatchObject({
      product_id: basic,
      scheduled_change: { product_id: pro, product_name: 'Pro', quantity: 2, effective_at: waiting.next_billing_date },
    })
    const preview = await client.subscriptions.previewChangePlan(id, { ...later, cancel_scheduled_change_plan: true })
    expect(preview.immediate_charge).toMatchObject({ effective_at: waiting.next_billing_date, line_items: [] })
    expect(preview.new_plan).toMatchObject({ product_id: pro, recurring_pre_tax_amount: 16_000 })
    await expect(client.subscriptions.changePlan(id, later)).rejects.toThrow(ConflictError)
    await client.subscriptions.cancelChangePlan(id)
    expect((await client.subscriptions.retrieve(id)).scheduled_change).toBeNull()
    await expect(client.subscriptions.cancelChangePlan(id)).rejects.toThrow(NotFoundError)
    const payment_method_id = waiting.payment_method_id ?? ''
    const existing = { payment_method: { type: 'existing', payment_method_id } } as const
    expect((await client.subscriptions.updatePaymentMethod(id, existing)).payment_id).toBeNull()
  })

  test('of one thing has a cart, an invoice as PDF, and keys', async () => {
    const { product_id } = await client.products.create({
      name: 'Brush pack',
      tax_category: 'digital_products',
      price: { type: 'one_time_price', currency: 'USD', price: 1900 },
      license_key_enabled: true,
    })
    const { session_id } = await client.checkoutSessions.create({ product_cart: [{ product_id, quantity: 1 }] })
    await payCheckout(world, session_id, { email: 'pack@example.com' })
    const { payment_id } = await client.checkoutSessions.retrieve(session_id)
    const payment = await client.payments.retrieve(payment_id ?? '')
    expect(payment).toMatchObject({
      subscription_id: null,
      subscription_ids: [],
      product_cart: [{ product_id, quantity: 1 }],
    })
    const { items } = await client.payments.list({ page_number: 0, page_size: 1 })
    expect(items[0]).toMatchObject({ payment_id, has_license_key: true, invoice_id: payment.invoice_id })
    const handedOn = await world.app.request(payment.invoice_url ?? '')
    expect([handedOn.status, handedOn.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    const invoice = await client.invoices.payments.retrieve(payment_id ?? '')
    expect(invoice.headers.get('content-type')).toBe('application/pdf')
    expect(invoice.headers.get('content-disposition')).toMatch(/^attachment; filename="LS-\d{6}\.pdf"$/)
    expect(new TextDecoder().decode((await invoice.arrayBuffer()).slice(0, 5))).toBe('%PDF-')
    await refundInParts(payment_id ?? '', product_id)
  })

  /** 4.00 of 19.00, then the rest. */
  async function refundInParts(payment_id: string, item_id: string) {
    const part = await client.refunds.create({
      payment_id,
      items: [{ item_id, amount: 400 }],
      reason: 'Half of it was missing',
      metadata: { ticket: 7 },
    })
    expect(part).toMatchObject({
      payment_id,
      amount: 400,
      status: 'succeeded',
      is_partial: true,
      metadata: { ticket: 7 },
    })
    expect(await client.refunds.retrieve(part.refund_id)).toEqual(part)
    const note = await client.invoices.payments.retrieveRefund(part.refund_id)
    expect(note.headers.get('content-disposition')).toMatch(/^attachment; filename="LS-CN-\d{6}\.pdf"$/)
    const lines = await client.payments.retrieveLineItems(payment_id)
    expect(lines.items).toMatchObject([{ items_id: item_id, amount: 1900, refundable_amount: 1500 }])
    expect((await client.payments.retrieve(payment_id)).refund_status).toBe('partial')
    const rest = await client.refunds.create({ payment_id })
    expect(rest).toMatchObject({ amount: 1500, reason: null, metadata: {} })
    const { customer_id } = part.customer
    const { items } = await client.refunds.list({ customer_id, status: 'succeeded', page_number: 0 })
    expect(items.map(({ refund_id }) => refund_id)).toEqual([rest.refund_id, part.refund_id])
    expect((await client.refunds.list({ status: 'review' })).items).toEqual([])
    const refunded = await client.payments.retrieve(payment_id)
    expect([refunded.refund_status, refunded.refunds.map(({ amount }) => amount)]).toEqual(['full', [1500, 400]])
    const again = client.refunds.create({ payment_id })
    await expect(again).rejects.toThrow(UnprocessableEntityError)
  }

  test('that does not exist is a NotFoundError with the body of the contract', async () => {
    const error = await client.payments.retrieve('pay_0NsYeY7Sb4L4rMIxxKSBz').catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(NotFoundError)
    expect((error as NotFoundError).message).toContain('There is no such payment')
  })
})

test('a declined renewal is asked for by hand, then by a link; a method in use stays, one that is not goes', async () => {
  const { product_id } = await client.products.create({ name: 'Studio', tax_category: 'saas', price: monthly })
  const { session_id } = await client.checkoutSessions.create({ product_cart: [{ product_id, quantity: 1 }] })
  await payCheckout(world, session_id, { email: 'declined@example.com', card: cards.failsLater })
  const { payment_id } = await client.checkoutSessions.retrieve(session_id)
  const { subscription_id, customer } = await client.payments.retrieve(payment_id ?? '')
  const { now } = await client.post<{ now: string }>('/portico/test-clock/advance', {
    body: { to: (await client.subscriptions.retrieve(subscription_id ?? '')).next_billing_date },
  })
  const [failed] = (await client.payments.list({ subscription_id: subscription_id ?? '', page_number: 0 })).items
  expect([failed?.status, failed?.created_at.slice(0, 10)]).toEqual(['failed', now.slice(0, 10)])
  expect((await client.payments.retrieveRetryState(failed?.payment_id ?? '')).can_retry).toBe(true)
  expect(await client.payments.retry(failed?.payment_id ?? '')).toMatchObject({ status: 'failed', retry_attempt: 1 })
  const asked = await client.subscriptions.updatePaymentMethod(subscription_id ?? '', {
    payment_method: { type: 'new', return_url: 'https://shop.example/account' },
  })
  expect(asked).toMatchObject({ client_secret: null, payment_link: expect.stringContaining('/pay/pyl_') })
  const { customer_id } = customer
  const [method] = (await client.customers.retrievePaymentMethods(customer_id)).items
  const remove = () => client.customers.deletePaymentMethod(method?.payment_method_id ?? '', { customer_id })
  await expect(remove()).rejects.toThrow(ConflictError)
  await client.subscriptions.update(subscription_id ?? '', { status: 'cancelled' })
  await remove()
  expect((await client.customers.retrievePaymentMethods(customer_id)).items).toEqual([])
})

test('a conflict is not asked again', async () => {
  let asked = 0
  const counting = new DodoPayments({
    bearerToken: world.api_key,
    baseURL: world.urls.api(),
    fetch: async () => {
      asked += 1
      return Response.json({ code: 'CONFLICT', message: 'No' }, { status: 409, headers: { 'x-should-retry': 'false' } })
    },
  })
  await expect(counting.customers.list()).rejects.toThrow(ConflictError)
  expect(asked).toBe(1)
})

test('every operation that the SDK knows was asked and answered', () => {
  const left = ofTheContract.filter(({ operation }) => !covered.has(operation))
  expect(left.map(({ operation }) => operation)).toEqual([])
})
