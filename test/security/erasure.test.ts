// P4: what is left of a customer who was erased. Every column of the database is read.

import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { setSettings } from '#core/businesses/set-settings.ts'
import { adjustCredits } from '#core/credit-entitlements/adjust-credits.ts'
import { createCreditEntitlement } from '#core/credit-entitlements/create-credit-entitlement.ts'
import { eraseCustomer } from '#core/erasure/erase-customer.ts'
import { activateLicense } from '#core/licenses/activate-license.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { ingestEvents } from '#core/usage/ingest-events.ts'
import { adjustWallet } from '#core/wallets/adjust-wallet.ts'
import { type Bought, buy, cards, download, payCheckout, plan, post } from '#test/support/buy.ts'
import { plainCredits } from '#test/support/credits.ts'
import { offer } from '#test/support/everyday.ts'
import { makeMeter, makeMetered, use } from '#test/support/metered.ts'
import { receive } from '#test/support/receiver.ts'
import { capturesOf, checkoutOf, rowsOf, skipTo, withProcessor, workWith } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import { signIn } from '#test/support/visit.ts'
import { createWorld, type World } from '#test/support/world.ts'

let world: World

beforeEach(async () => {
  world = await createWorld({ startsAt: '2026-01-31T09:00:00Z' })
  onTestFinished(world.close)
})

/** Words that stand nowhere else. */
const person = {
  name: 'Zebulon Quillfeather',
  email: 'Zebulon@quillfeather.example',
  later: 'zq@elsewhere.example',
  phone: '+46 70 555 0199',
  street: 'Kestrelgatan 77',
  city: 'Ystadhamn',
  company: 'Quillfeather Feathers AB',
  tax_id: 'SE556677889901',
  device: 'Zebs-MacBook',
  note: 'zeb-crm-4711',
}
const words = [
  'quillfeather',
  'zebulon',
  'zq@elsewhere',
  '555 0199',
  'kestrel',
  'ystadhamn',
  'se556677889901',
  'zebs-macbook',
  'zeb-crm',
]

interface Column {
  table_schema: string
  table_name: string
  column_name: string
}

/** Where in the tables of test mode, of the accounts and of its processor any of the words stands. */
async function found(): Promise<string[]> {
  const owner = await world.database.connections.connect()
  try {
    const { rows: columns } = await owner.query<Column>(
      `select c.table_schema, c.table_name, c.column_name from information_schema.columns c
         join information_schema.tables t using (table_schema, table_name)
        where c.table_schema in ('test', 'accounts', 'sandbox') and t.table_type = 'BASE TABLE'
          and c.data_type in ('text', 'jsonb', 'json', 'character varying', 'ARRAY', 'bytea')`,
    )
    expect(columns.length).toBeGreaterThan(200)
    const places: string[] = []
    for (const { table_schema, table_name, column_name } of columns) {
      const column = `lower("${column_name}"::text)`
      const { rows } = await owner.query(
        `select count(*)::int n from "${table_schema}"."${table_name}" where ${column} like any ($1)`,
        [words.map((word) => `%${word}%`)],
      )
      if (rows[0].n > 0) places.push(`${table_name}.${column_name}`)
    }
    return places.sort()
  } finally {
    await owner.end()
  }
}

async function giveCredits(customer_id: string) {
  const ctx = await world.fresh()
  const { credit_entitlement_id } = await createCreditEntitlement(ctx, plainCredits)
  await adjustCredits(ctx, {
    credit_entitlement_id,
    customer_id,
    amount: '10',
    entry_type: 'credit',
    expires_at: null,
    reason: `for ${person.name}`,
    metadata: { note: person.note },
    idempotency_key: null,
  })
}

/** Leaves the person's words wherever a person can. */
async function live(): Promise<Bought> {
  const client = world.client()
  const shop = await receive(({ body }) => ({ body }))
  await client.webhooks.create({ url: shop.url })
  const bought = await buy(world, plan({}, { license_key_enabled: true }), { ...person, country: 'SE' })
  const { customer_id, subscription_id } = bought
  const { email, name, street, city, note } = person
  await client.customers.update(customer_id, { phone_number: person.phone, metadata: { note } })
  const billing = { country: 'SE', street, city, state: person.city, zipcode: '271 00' } as const
  await client.subscriptions.update(subscription_id, { billing, tax_id: person.tax_id, metadata: { note } })
  await checkoutOf(world, [{ product: download(900) }], {
    customer: { email, name, phone_number: person.phone },
    billing,
    tax_id: person.tax_id,
    customer_business_name: person.company,
    metadata: { note },
    return_url: `https://shop.example.com/?who=${note}`,
  })
  const { checkout_id } = await checkoutOf(world, [{ product: download(900) }], { customer: { customer_id }, billing })
  await payCheckout(world, checkout_id, { ...person })
  await post(world, world.urls.login(world.business_id), { email })
  await client.customers.customerPortal.create(customer_id, {
    send_email: true,
    return_url: `https://shop.example.com/?who=${note}`,
  })
  await signIn(world, customer_id)
  await world.work()
  await world.advanceTo('2026-03-01T00:00:00Z')
  const ctx = await world.fresh()
  await ingestEvents(ctx, [{ event_id: 'used-1', customer_id, event_name: 'render', metadata: { by: name } }])
  const [key] = await rowsOf(world, 'license_keys')
  await activateLicense(ctx, key?.key ?? '', person.device)
  await giveCredits(customer_id)
  await adjustWallet(ctx, customer_id, {
    currency: 'USD',
    amount: 500,
    entry_type: 'credit',
    reason: `for ${name}`,
    idempotency_key: null,
  })
  const payments = await rowsOf(world, 'payments')
  const { payment_id = '' } = payments.find((payment) => payment.checkout_id === checkout_id) ?? {}
  await client.refunds.create({ payment_id, reason: `asked by ${name}`, metadata: { note } })
  await client.customers.update(customer_id, { email: person.later })
  const comment = { cancellation_comment: `${name} moves to ${city}` }
  await cancelSubscription(ctx, subscription_id, { timing: 'at_next_billing_date', ...comment })
  await world.work()
  return bought
}

const INVOICES = ['credit_notes.document', 'invoice_corrections.document', 'invoices.document']

describe('a customer who lived and was erased', () => {
  test('stands in issued invoices only, and nothing runs, opens or is owed any more', async () => {
    const { customer_id, subscription_id } = await live()
    const before = await found()
    // The story must have left its words, or their absence would mean nothing.
    for (const place of [
      'customers.name',
      'customers.phone_number',
      'checkout_sessions.customer_email',
      'checkout_sessions.billing',
      'checkout_sessions.tax_id',
      'checkout_sessions.customer_business_name',
      'credit_ledger_entries.description',
      'subscriptions.billing',
      'subscriptions.tax_id',
      'subscriptions.cancellation_comment',
      'payments.card_holder_name',
      'payment_methods.card_holder_name',
      'emails.recipient',
      'sign_in_requests.email',
      'access_links.return_url',
      'license_key_instances.name',
      'usage_events.metadata',
      'wallet_entries.reason',
      'refunds.reason',
      'webhook_deliveries.response',
      'invoices.document',
      'pages.customer_name',
      'methods.card_holder_name',
    ]) {
      expect(before, place).toContain(place)
    }
    const invoices = await rowsOf(world, 'invoices')

    const erased = await world.client().post<{ name: string }>(`/portico/customers/${customer_id}/erase`)
    expect(erased.name).toBe('Erased customer')
    await world.work()
    expect((await found()).filter((place) => !INVOICES.includes(place))).toEqual([])
    expect(await rowsOf(world, 'invoices')).toEqual(invoices)

    expect((await world.client().subscriptions.retrieve(subscription_id)).status).toBe('cancelled')
    expect((await rowsOf(world, 'dues')).filter(({ status }) => status === 'open')).toEqual([])
    expect((await rowsOf(world, 'payment_methods')).every(({ removed_at }) => removed_at !== null)).toBe(true)
    expect((await rowsOf(world, 'method_removals')).length).toBeGreaterThan(0)
    const captures = (await capturesOf(world)).length
    await world.advanceTo('2027-01-01T00:00:00Z')
    await world.work()
    expect((await capturesOf(world)).length).toBe(captures)
    expect(await brokenInvariants(world)).toEqual([])
    expect((await found()).filter((place) => !INVOICES.includes(place))).toEqual([])
  })

  test('is signed out, and no link of theirs opens', async () => {
    const { customer_id } = await buy(world)
    const visit = await signIn(world, customer_id)
    const { link } = await world.client().customers.customerPortal.create(customer_id)
    const overview = world.urls.portal.overview(world.business_id)
    expect((await visit.get(overview)).status).toBe(200)
    await eraseCustomer(await world.fresh(), customer_id)
    expect((await visit.get(overview)).status).toBe(401)
    expect((await world.app.request(link)).status).toBe(410)
    await expect(world.client().customers.customerPortal.create(customer_id)).rejects.toThrow('was erased')
    await expect(world.client().customers.update(customer_id, { name: 'Back' })).rejects.toThrow('was erased')
  })

  test('buys again as somebody new', async () => {
    const first = await buy(world, plan(), { ...person })
    await eraseCustomer(await world.fresh(), first.customer_id)
    const again = await buy(world, plan(), { ...person })
    expect(again.customer_id).not.toBe(first.customer_id)
    const [old, fresh] = await rowsOf(world, 'customers')
    expect([old?.name, fresh?.name]).toEqual(['Erased customer', person.name])
  })

  test('leaves one audit entry that says so and nothing of a person, however often it is asked for', async () => {
    const { customer_id } = await buy(world, plan(), { ...person })
    for (let n = 0; n < 2; n += 1) await world.client().post(`/portico/customers/${customer_id}/erase`)
    const entries = (await rowsOf(world, 'audit_entries')).filter(({ action }) => action === 'customer.erased')
    expect(entries).toMatchObject([{ resource_id: customer_id, actor_type: 'api_key', details: {} }])
    const events = (await rowsOf(world, 'events')).filter(({ type }) => type === 'customer.erased')
    expect(events).toMatchObject([{ audience: 'internal' }])
  })
})

test('invoices forget the buyer on the day they need no longer be kept, and keep number and amounts', async () => {
  await setSettings(await world.fresh(), { invoice_retention_years: 2 })
  const { customer_id } = await buy(world, plan(), { ...person })
  await world.advanceTo('2026-03-01T00:00:00Z')
  const before = await rowsOf(world, 'invoices')
  expect(before.length).toBe(2)
  await eraseCustomer(await world.fresh(), customer_id)
  const buyers = async () =>
    (await rowsOf(world, 'invoices')).map(({ document }) => (document as { customer: { name: string } }).customer.name)
  // Issued on 31 January and 28 February 2026.
  await world.advanceTo('2028-01-31T08:00:00Z')
  expect(await buyers()).toEqual([person.name, person.name])
  await world.advanceTo('2028-02-01T00:00:00Z')
  expect(await buyers()).toEqual(['–', person.name])
  await world.advanceTo('2028-03-01T00:00:00Z')
  expect(await buyers()).toEqual(['–', '–'])
  await world.work()
  expect(await found()).toEqual([])
  const after = await rowsOf(world, 'invoices')
  expect(after.map(({ number }) => number)).toEqual(before.map(({ number }) => number))
  const totals = (rows: typeof after) => rows.map(({ document }) => (document as { total: number }).total)
  expect(totals(after)).toEqual(totals(before))
})

test('what was used is billed once more before its buyer is forgotten, and the invoice still names them', async () => {
  const meter_id = await makeMeter(world)
  const product_id = await makeMetered(world, [{ meter_id, price_per_unit: '5', free_threshold: 0 }])
  const { checkout_id } = await offer(world, product_id)
  await payCheckout(world, checkout_id, { ...person })
  await use(world, 100)
  const [customer] = await rowsOf(world, 'customers')
  await eraseCustomer(await world.fresh(), customer?.customer_id ?? '')
  await world.work()
  // 10.00 at the purchase, then 100 × 0.05.
  expect((await capturesOf(world)).map(({ amount }) => amount)).toEqual([1000, 500])
  const [, last] = await rowsOf(world, 'invoices')
  expect(last?.document).toMatchObject({ total: 500, customer: { name: person.name } })
  expect(await found()).toEqual(['invoices.document'])
  expect(await brokenInvariants(world)).toEqual([])
})

describe('while a payment', () => {
  test('is open on a page, the page is closed first', async () => {
    const { customer_id } = await buy(world, plan(), { ...person })
    const { checkout_id } = await checkoutOf(world, [{ product: download(900) }], { customer: { customer_id } })
    const { email, name } = person
    const checkout = await post(world, world.urls.checkout(checkout_id), { email, name, country: 'SE' })
    const page = checkout.headers.get('location') ?? ''
    expect(page).toContain('/sandbox/')
    await eraseCustomer(await world.fresh(), customer_id)
    const captures = (await capturesOf(world)).length
    await post(world, page, { number: cards.good, expiry: '12/34', cvc: '123', name })
    await world.work()
    expect((await capturesOf(world)).length).toBe(captures)
    expect(await found()).toEqual(['invoices.document'])
  })

  test('is not decided, nothing is erased; once it is, it can be', async () => {
    const { customer_id } = await buy(world, plan(), { ...person })
    const silent = () => ({
      charge: () => Promise.reject(new Error('cut off')),
      retrievePayment: () => Promise.reject(new Error('cut off')),
      closePayment: () => Promise.reject(new Error('cut off')),
    })
    await skipTo(world, '2026-02-28T10:00:00Z')
    await workWith(world, silent)
    await expect(eraseCustomer(await withProcessor(world, silent), customer_id)).rejects.toMatchObject({
      code: 'PREVIOUS_PAYMENT_PENDING',
    })
    expect((await rowsOf(world, 'customers'))[0]?.name).toBe(person.name)
    expect((await rowsOf(world, 'subscriptions'))[0]?.status).toBe('active')
    world.advanceWall({ minutes: 2 })
    await world.work()
    await eraseCustomer(await world.fresh(), customer_id)
    await world.work()
    expect(await found()).toEqual(['invoices.document'])
    expect(await brokenInvariants(world)).toEqual([])
  })
})
