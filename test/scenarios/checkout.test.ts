import { beforeEach, expect, test } from 'vitest'
import { archiveBusiness } from '#core/businesses/archive-business.ts'
import { beginPayment } from '#core/checkout/begin-payment.ts'
import { returnFromPage } from '#core/checkout/open-page.ts'
import { viewCheckout } from '#core/checkout/queries.ts'
import { createCustomer } from '#core/customers/create-customer.ts'
import { update } from '#core/scope.ts'
import { cards, download, payCheckout, plan, post } from '#test/support/buy.ts'
import { stage } from '#test/support/stage.ts'
import { capturesOf, checkoutOf, rowsOf, stateOf } from '#test/support/story.ts'
import { brokenInvariants, timeline } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

let world: World

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-31T09:00:00Z' })
})

const mara = { email: 'mara@northwind.example', name: 'Mara Lindqvist', country: 'SE' }

/** Presses Pay on our page: the address of the processor's page. */
async function press(checkout_id: string, buyer: Record<string, string> = mara): Promise<string> {
  const answer = await post(world, world.urls.checkout(checkout_id), buyer)
  const page = answer.headers.get('location')
  if (page === null) throw new Error(`${answer.status} ${await answer.text()}`)
  return page
}

async function payOn(page: string, number: string): Promise<Response> {
  const paid = await post(world, page, { number, expiry: '12/34', cvc: '123', name: 'Mara Lindqvist' })
  const back = paid.headers.get('location')
  return back === null ? paid : world.app.request(back)
}

const attempts = async () =>
  (await rowsOf(world, 'payments')).map(
    ({ attempt, status, error_code, applied }) =>
      `${attempt} ${status}${error_code === null ? '' : ` ${error_code}`}${applied ? ' applied' : ''}`,
  )

test('a declined card, and then another on the same page', async () => {
  const { checkout_id } = await checkoutOf(world, [{ product: plan() }])
  const page = await press(checkout_id)
  expect((await payOn(page, cards.declined)).status).toBe(422)
  expect(await rowsOf(world, 'invoices')).toEqual([])
  await payOn(page, cards.good)
  expect(await attempts()).toEqual(['1 succeeded applied'])
  expect(await brokenInvariants(world)).toEqual([])
})

test('a declined card, back to us, and the second attempt pays', async () => {
  const { checkout_id } = await checkoutOf(world, [{ product: plan() }])
  await payOn(await press(checkout_id), cards.declined)
  await payOn(await press(checkout_id), cards.good)
  expect(await attempts()).toEqual(['1 failed GENERIC_DECLINE', '2 succeeded applied'])
  const [subscription] = await rowsOf(world, 'subscriptions')
  expect(await timeline(world, subscription?.subscription_id ?? '')).toEqual([
    '2026-01-31 payment.failed 30.00 GENERIC_DECLINE',
    '2026-01-31 subscription.active',
    '2026-01-31 subscription.renewed',
    '2026-01-31 payment.succeeded 30.00',
  ])
  expect((await rowsOf(world, 'dues')).length).toBe(1)
  expect(await brokenInvariants(world)).toEqual([])
})

test('a page left without paying can no longer be paid once another is open', async () => {
  const { checkout_id } = await checkoutOf(world, [{ product: plan() }])
  const first = await press(checkout_id)
  const second = await press(checkout_id)
  expect(second).not.toBe(first)
  expect((await payOn(first, cards.good)).status).toBe(410)
  expect(await capturesOf(world)).toEqual([])
  await payOn(second, cards.good)
  expect(await attempts()).toEqual(['1 cancelled CUSTOMER_CANCELLED', '2 succeeded applied'])
})

test('two tabs that press Pay and pay at once take the money once', async () => {
  const { checkout_id } = await checkoutOf(world, [{ product: plan() }])
  for (let round = 0; round < 4; round += 1) {
    const pages = await Promise.all([1, 2, 3].map(() => press(checkout_id)))
    const hosted = pages.filter((page) => page.includes('/sandbox/'))
    await Promise.all([...hosted.map((page) => payOn(page, cards.good)), press(checkout_id)])
  }
  expect((await rowsOf(world, 'payments')).filter(({ applied }) => applied).length).toBe(1)
  expect((await capturesOf(world)).length).toBe(1)
  expect((await rowsOf(world, 'invoices')).length).toBe(1)
  expect(await brokenInvariants(world)).toEqual([])
})

test('the webhook and the browser come back at the same moment as another press of Pay', async () => {
  for (let round = 0; round < 5; round += 1) {
    const { checkout_id } = await checkoutOf(world, [{ product: plan() }])
    const page = await press(checkout_id)
    await post(world, page, { number: cards.good, expiry: '12/34', cvc: '123', name: 'Mara' })
    await world.modes.test.sandbox?.deliverPending()
    const ctx = await world.fresh()
    const buyer = { ...mara, phone_number: null, billing: { country: 'SE' }, locale: 'en' }
    const [worked, returned, pressed] = await Promise.allSettled([
      world.work(),
      returnFromPage(ctx, checkout_id),
      beginPayment(ctx, checkout_id, { ...buyer, billing: { ...noAddress, country: 'SE' } }),
    ])
    expect([worked.status, returned.status]).toEqual(['fulfilled', 'fulfilled'])
    expect(pressed).toMatchObject({ status: 'rejected', reason: { code: 'CHECKOUT_SESSION_CONSUMED' } })
  }
  expect((await capturesOf(world)).length).toBe(5)
  expect(await brokenInvariants(world)).toEqual([])
})

const noAddress = { street: null, city: null, state: null, zipcode: null }

test('a known address attaches to its customer, however it is typed; nothing of theirs changes', async () => {
  const ctx = await world.fresh()
  const known = await createCustomer(ctx, { email: 'Mara@Northwind.example', name: 'M. Lindqvist' })
  const { checkout_id } = await checkoutOf(world, [{ product: plan() }])
  await payCheckout(world, checkout_id, { email: ' mara@NORTHWIND.example ', name: 'Somebody Else' })
  expect((await rowsOf(world, 'customers')).map(({ customer_id, name, email }) => [customer_id, name, email])).toEqual([
    [known.customer_id, 'M. Lindqvist', 'Mara@Northwind.example'],
  ])
  expect((await rowsOf(world, 'subscriptions'))[0]?.customer_id).toBe(known.customer_id)
})

test.each(['ÅSA@NORTHWIND.EXAMPLE', 'ΜΑΡΊΑ@northwind.example'])('%s is one person in either case', async (email) => {
  const ctx = await world.fresh()
  const known = await createCustomer(ctx, { email, name: 'Åsa' })
  const { checkout_id } = await checkoutOf(world, [{ product: plan() }])
  await payCheckout(world, checkout_id, { email: email.toLowerCase() })
  expect((await rowsOf(world, 'customers')).map(({ customer_id }) => customer_id)).toEqual([known.customer_id])
})

test.each(['ΜΆΡΙΟΣ@northwind.example', 'İNCİ@northwind.example'])('%s is found as it was written', async (email) => {
  const known = await createCustomer(await world.fresh(), { email, name: 'Known' })
  const { checkout_id } = await checkoutOf(world, [{ product: plan() }])
  await payCheckout(world, checkout_id, { email })
  expect((await rowsOf(world, 'customers')).map(({ customer_id }) => customer_id)).toEqual([known.customer_id])
})

test('another address at the second try: everything belongs to the one who paid', async () => {
  const { checkout_id } = await checkoutOf(world, [{ product: plan({}, { license_key_enabled: true }) }])
  await payOn(await press(checkout_id, { ...mara, email: 'typo@northwind.example' }), cards.declined)
  await payOn(await press(checkout_id), cards.good)
  const customers = await rowsOf(world, 'customers')
  const buyer = customers.find(({ email }) => email === mara.email)?.customer_id
  const owners = [
    ...(await rowsOf(world, 'subscriptions')),
    ...(await rowsOf(world, 'dues')),
    ...(await rowsOf(world, 'invoices')),
    ...(await rowsOf(world, 'license_keys')),
    ...(await rowsOf(world, 'payment_methods')),
    ...(await rowsOf(world, 'payments')).filter(({ applied }) => applied),
  ].map(({ customer_id }) => customer_id)
  expect(owners).toEqual(Array(6).fill(buyer))
  await world.advanceTo('2026-03-01T00:00:00Z')
  expect((await capturesOf(world)).length).toBe(2)
})

test('another address at the second try of a trial: the card saved is the buyer’s own', async () => {
  const { checkout_id } = await checkoutOf(world, [{ product: plan({ trial_period_days: 7 }) }])
  const first = await press(checkout_id, { ...mara, email: 'typo@northwind.example' })
  const second = await press(checkout_id)
  expect(second).not.toBe(first)
  expect(second).toContain('/sandbox/')
  await payOn(second, cards.good)
  const [subscription] = await rowsOf(world, 'subscriptions')
  await world.advanceTo('2026-02-08T00:00:00Z')
  expect(await stateOf(world, subscription?.subscription_id ?? '')).toBe('active until 2026-03-07')
  expect((await rowsOf(world, 'payment_methods')).map(({ customer_id }) => customer_id)).toEqual([
    subscription?.customer_id,
  ])
})

test('two tabs with two addresses at once: all of it belongs to one of them', async () => {
  const { checkout_id } = await checkoutOf(world, [{ product: plan() }])
  const pages = await Promise.all(
    ['one@northwind.example', 'two@northwind.example'].map((email) => press(checkout_id, { ...mara, email })),
  )
  for (const page of pages.filter((page) => page.includes('/sandbox/'))) await payOn(page, cards.good)
  if ((await capturesOf(world)).length === 0) await payOn(await press(checkout_id), cards.good)
  const applied = (await rowsOf(world, 'payments')).filter((payment) => payment.applied)
  const owners = [
    ...applied,
    ...(await rowsOf(world, 'subscriptions')),
    ...(await rowsOf(world, 'dues')),
    ...(await rowsOf(world, 'invoices')),
    ...(await rowsOf(world, 'payment_methods')),
  ].map(({ customer_id }) => customer_id)
  expect(owners.length).toBe(5)
  expect(new Set(owners).size).toBe(1)
  expect((await capturesOf(world)).length).toBe(1)
})

test('a price that rises between two tries is shown, charged and renewed as shown', async () => {
  const { checkout_id, product_cart } = await checkoutOf(world, [{ product: plan() }])
  await payOn(await press(checkout_id), cards.declined)
  const ctx = await world.fresh()
  const { product_id } = product_cart[0] as { product_id: string }
  await update(ctx, 'products').set({ price: 4500 }).where('product_id', '=', product_id).execute()
  const shown = (await viewCheckout(ctx, checkout_id)).cart.dues.total
  await payOn(await press(checkout_id), cards.good)
  await world.advanceTo('2026-03-01T00:00:00Z')
  expect([shown, ...(await capturesOf(world)).map(({ amount }) => amount)]).toEqual([4500, 4500, 4500])
  expect(await brokenInvariants(world)).toEqual([])
})

test('who paid is told so, even where the product was archived meanwhile', async () => {
  const { checkout_id, product_cart } = await checkoutOf(world, [{ product: download(900) }])
  const page = await press(checkout_id)
  const ctx = await world.fresh()
  const { product_id } = product_cart[0] as { product_id: string }
  await update(ctx, 'products').set({ archived_at: ctx.clock.now() }).where('product_id', '=', product_id).execute()
  const back = await payOn(page, cards.good)
  expect(back.headers.get('location')).toBe(world.urls.checkoutDone(checkout_id))
  expect((await world.app.request(world.urls.checkoutDone(checkout_id))).status).toBe(200)
})

test('what is not sold any more is not paid for, whether its product or the business was archived', async () => {
  const [one, other] = [
    await checkoutOf(world, [{ product: download(900) }]),
    await checkoutOf(world, [{ product: plan() }]),
  ]
  const ctx = await world.fresh()
  const { product_id } = one.product_cart[0] as { product_id: string }
  await update(ctx, 'products').set({ archived_at: ctx.clock.now() }).where('product_id', '=', product_id).execute()
  const look = async (checkout_id: string) => {
    const page = await world.app.request(world.urls.checkout(checkout_id))
    return { status: page.status, said: (await page.text()).match(/<h1>(.*?)<\/h1>/)?.[1] }
  }
  const refused = { status: 410, said: 'This is not sold any more' }
  expect(await look(one.checkout_id)).toEqual(refused)
  expect((await look(other.checkout_id)).status).toBe(200)
  await archiveBusiness(ctx)
  expect(await look(other.checkout_id)).toEqual(refused)
  expect((await post(world, world.urls.checkout(other.checkout_id), mara)).status).toBe(410)
  expect(await rowsOf(world, 'payments')).toEqual([])
})

test('a checkout that was paid cannot be paid again, one that expired cannot be begun', async () => {
  const paid = await checkoutOf(world, [{ product: plan() }])
  await payCheckout(world, paid.checkout_id)
  const again = await press(paid.checkout_id)
  expect(again).toBe(world.urls.checkoutReturn(paid.checkout_id))
  const late = await checkoutOf(world, [{ product: plan() }])
  world.advanceWall({ hours: 25 })
  expect((await viewCheckout(await world.fresh(), late.checkout_id)).state).toBe('expired')
  await press(late.checkout_id)
  expect((await rowsOf(world, 'payments')).length).toBe(1)
})

test('a business that allows one subscription refuses the second before anything is charged', async () => {
  const ctx = await world.fresh()
  await ctx.db
    .insertInto('business_settings')
    .values({ business_id: world.business_id, allow_multiple_subscriptions: false })
    .execute()
  await payCheckout(world, (await checkoutOf(world, [{ product: plan() }])).checkout_id)
  const second = await checkoutOf(world, [{ product: plan() }])
  expect((await post(world, world.urls.checkout(second.checkout_id), mara)).status).toBe(422)
  expect((await capturesOf(world)).length).toBe(1)
})

test('below the smallest amount of the processor nothing can be begun', async () => {
  const { checkout_id } = await checkoutOf(world, [{ product: download(49) }])
  expect((await post(world, world.urls.checkout(checkout_id), mara)).status).toBe(422)
  expect(await rowsOf(world, 'dues')).toEqual([])
})
