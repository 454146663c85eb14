// A studio in Germany with 19 % for Germany, 25 % for Sweden from 1 February on, and books at 7 %.
import { describe, expect, test } from 'vitest'
import { setBusiness } from '#core/businesses/set-business.ts'
import type { RecurringPrice } from '#core/catalog/product-columns.ts'
import { createCheckout } from '#core/checkout/create-checkout.ts'
import { findInvoice } from '#core/invoices/queries.ts'
import { updateSubscription } from '#core/subscriptions/update-subscription.ts'
import { setTaxRate } from '#core/tax/set-tax-rate.ts'
import { buy, download, payCheckout, plan } from '#test/support/buy.ts'
import { change, makePlans, paid } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { checkoutOf, rowsOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

const thirtyDays = { payment_frequency_count: 30, payment_frequency_interval: 'Day' } as const
const rate = (country: string, rate: number, from = '2026-01-01', more = {}) => {
  const effective_from = Temporal.PlainDate.from(from)
  return { country, rate, name: 'VAT', region: null, tax_category: null, effective_from, ...more }
}

async function studio(): Promise<World> {
  const world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  await setBusiness(world.modes.test.ctx, world.business_id, { country: 'DE', timezone: 'Europe/Berlin' })
  const ctx = await world.fresh()
  await setTaxRate(ctx, rate('DE', 19))
  await setTaxRate(ctx, rate('DE', 7, '2026-01-01', { tax_category: 'e_book' }))
  await setTaxRate(ctx, rate('SE', 25, '2026-02-01'))
  return world
}

const monthly = (price: Partial<RecurringPrice> = {}) => plan({ ...thirtyDays, price: 3000, ...price })
const owed = async (world: World) =>
  (await rowsOf(world, 'dues')).map(({ subtotal, tax, total }) => [subtotal, tax, total])

describe('a subscription', () => {
  test('19 % exclusive: 30.00 + 5.70 at once and at every renewal, and the invoice names it', async () => {
    const world = await studio()
    await buy(world, monthly(), { country: 'DE' })
    await world.advanceTo('2026-02-01T00:00:00Z')
    expect(await owed(world)).toEqual([
      [3000, 570, 3570],
      [3000, 570, 3570],
    ])
    expect(await paid(world)).toEqual(['01-01 35.70', '01-31 35.70'])
    const [payment] = await rowsOf(world, 'payments')
    const invoice = await findInvoice(await world.fresh(), payment?.payment_id ?? '')
    expect(invoice?.document).toMatchObject({
      subtotal: 3000,
      tax: 570,
      total: 3570,
      taxes: [{ name: 'VAT', rate: 19, inclusive: false, net: 3000, tax: 570 }],
    })
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('19 % inclusive: 9.99 stays 9.99, of which 1.60 are tax', async () => {
    const world = await studio()
    await buy(world, monthly({ price: 999, tax_inclusive: true }), { country: 'DE' })
    expect(await owed(world)).toEqual([[999, 160, 999]])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('a rate holds from its day on, in the business’s time zone: Sweden pays none in January and 25 % from 2 March', async () => {
    const world = await studio()
    await buy(world, monthly(), { country: 'SE' })
    await world.advanceTo('2026-03-05T00:00:00Z')
    // The renewal of 31 January is for a period that begins before 1 February, in Berlin too.
    expect(await paid(world)).toEqual(['01-01 30.00', '01-31 30.00', '03-02 37.50'])
  })

  test('a company elsewhere in the Union pays no tax, and the invoice says why; an inclusive price stays', async () => {
    const world = await studio()
    const { checkout_id } = await checkoutOf(world, [{ product: monthly() }], {
      tax_id: 'SE556677889901',
      customer_business_name: 'Northwind AB',
    })
    await payCheckout(world, checkout_id, { country: 'SE' })
    await world.advanceTo('2026-03-05T00:00:00Z')
    expect(await paid(world)).toEqual(['01-01 30.00', '01-31 30.00', '03-02 30.00'])
    const [payment] = await rowsOf(world, 'payments')
    const document = (await findInvoice(await world.fresh(), payment?.payment_id ?? ''))?.document
    expect(document).toMatchObject({ reverse_charge: true, tax: 0 })
    expect(document?.customer).toMatchObject({ tax_id: 'SE556677889901', legal_name: 'Northwind AB' })
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('a tax id added later holds from the next invoice on', async () => {
    const world = await studio()
    const { subscription_id } = await buy(world, monthly(), { country: 'SE' })
    await world.advanceTo('2026-03-05T00:00:00Z')
    await updateSubscription(await world.fresh(), subscription_id, { tax_id: 'SE556677889901' })
    await world.advanceTo('2026-04-05T00:00:00Z')
    expect((await paid(world)).slice(-2)).toEqual(['03-02 37.50', '04-01 30.00'])
  })
})

describe('a change of plan half way, Basic 30.00 to Pro 80.00', () => {
  test('19 % exclusive: 25.00 + 4.75, then 80.00 + 15.20; down again 29.75 of credit', async () => {
    const world = await studio()
    const plans = await makePlans(world)
    const { checkout_id } = await checkoutOfPlan(world, plans.basic)
    await payCheckout(world, checkout_id, { country: 'DE' })
    const id = (await rowsOf(world, 'subscriptions'))[0]?.subscription_id ?? ''
    await world.advanceTo('2026-01-16T00:00:00Z')
    await change(world, id, plans.pro)
    const lines = (await rowsOf(world, 'dues_lines')).filter(({ unit_price }) => unit_price !== 3000)
    expect(lines.map(({ description, amount, tax, tax_rate }) => [description, amount, tax, tax_rate])).toEqual([
      ['Pro', 4000, 760, '19'],
      ['Basic', -1500, -285, '19'],
    ])
    await change(world, id, plans.basic)
    expect((await rowsOf(world, 'subscriptions'))[0]?.credit_balance).toBe(2975)
    await change(world, id, plans.pro)
    expect((await rowsOf(world, 'subscriptions'))[0]?.credit_balance).toBe(0)
    await world.advanceTo('2026-02-01T00:00:00Z')
    expect(await paid(world)).toEqual(['01-01 35.70', '01-16 29.75', '01-16 0.00 + 29.75 credit', '01-31 95.20'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('what was paid with tax is given back with tax after a tax id came', async () => {
    const world = await studio()
    const plans = await makePlans(world)
    const { checkout_id } = await checkoutOfPlan(world, plans.basic)
    await world.advanceTo('2026-03-01T00:00:00Z')
    await payCheckout(world, checkout_id, { country: 'SE' })
    const id = (await rowsOf(world, 'subscriptions'))[0]?.subscription_id ?? ''
    await updateSubscription(await world.fresh(), id, { tax_id: 'SE556677889901' })
    await world.advanceTo('2026-03-16T00:00:00Z')
    await change(world, id, plans.pro)
    // 40.00 without tax, less half of 30.00 + 7.50.
    expect((await owed(world)).at(-1)).toEqual([2500, -375, 2125])
    expect(await brokenInvariants(world)).toEqual([])
  })
})

test('a cart of a book at 7 % and a download at 19 %, one with its tax inside', async () => {
  const world = await studio()
  const book = download(1000, { name: 'Book', tax_category: 'e_book' })
  const pack = download(1190, { name: 'Pack' })
  const inside = { ...pack, price: { ...pack.price, tax_inclusive: true } } as typeof pack
  const { checkout_id } = await checkoutOf(world, [{ product: book }, { product: inside }])
  await payCheckout(world, checkout_id, { country: 'DE' })
  expect(await owed(world)).toEqual([[2190, 70 + 190, 2260]])
  expect(await brokenInvariants(world)).toEqual([])
})

async function checkoutOfPlan(world: World, product_id: string) {
  const cart = [{ product_id, quantity: 1, addons: [], amount: null }]
  return createCheckout(await world.fresh(), { product_cart: cart })
}
