// Trials that cost something: 10.00 for ten days from 1 January, then 30.00 every 30 days from the 11th.
import { beforeEach, describe, expect, test } from 'vitest'
import { setSettings } from '#core/businesses/set-settings.ts'
import { createAddon } from '#core/catalog/create-addon.ts'
import { createLocalizedPrice } from '#core/catalog/localized-prices.ts'
import type { ProductFields, RecurringPrice } from '#core/catalog/product-columns.ts'
import { updateProduct } from '#core/catalog/update-product.ts'
import { createDiscount } from '#core/discounts/create-discount.ts'
import { findInvoice } from '#core/invoices/queries.ts'
import { createRefund } from '#core/refunds/create-refund.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { readPeriodValues } from '#core/subscriptions/period-values.ts'
import { getSubscription, listPeriods } from '#core/subscriptions/queries.ts'
import { setTaxRate } from '#core/tax/set-tax-rate.ts'
import { buy, cards, payCheckout, plan } from '#test/support/buy.ts'
import { change, makePlans, paid } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { capturesOf, checkoutOf, rowsOf, stateOf } from '#test/support/story.ts'
import { brokenInvariants, timeline } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()
let world: World

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
})

const thirtyDays = { payment_frequency_count: 30, payment_frequency_interval: 'Day' } as const
const tenDays = { trial_period_days: 10, trial_amount: 1000 }
const tried = (price: Partial<RecurringPrice> = {}, fields: Partial<ProductFields> = {}) =>
  plan({ ...thirtyDays, ...tenDays, ...price }, fields)

const worth = async (subscription_id: string) =>
  (await readPeriodValues(await world.fresh(), subscription_id)).map(({ gross }) => gross)
const subscription = async (id: string) => getSubscription(await world.fresh(), id)
const begun = async () => (await rowsOf(world, 'subscriptions'))[0]?.subscription_id ?? ''
const page = async (id: string) => (await world.app.request(world.urls.checkout(id))).text()

async function halfOff(cycles: number | null, amount = 5000) {
  const nothing = { name: null, usage_limit: null, per_customer_usage_limit: null, subscription_cycles: cycles }
  const always = { starts_at: null, expires_at: null, preserve_on_plan_change: false, metadata: {} }
  const terms = { type: 'percentage' as const, amount, restricted_to: [], currency_options: [] }
  const who = { code: 'HALF', customer_eligibility: 'any' as const }
  return createDiscount(await world.fresh(), { ...nothing, ...always, ...terms, ...who })
}

describe('from the first day', () => {
  test('10.00 now with an invoice and its keys, then 30.00 from the end of the trial', async () => {
    const { subscription_id } = await buy(world, tried({}, { license_key_enabled: true }))
    expect(await subscription(subscription_id)).toMatchObject({ trial_amount: 1000, in_trial: true })
    expect(await worth(subscription_id)).toEqual([1000])
    expect((await rowsOf(world, 'license_keys')).map(({ status }) => status)).toEqual(['active'])
    const [first] = await rowsOf(world, 'payments')
    expect((await findInvoice(await world.fresh(), first?.payment_id ?? ''))?.document).toMatchObject({
      total: 1000,
      lines: [{ quantity: 1, unit_price: 1000, amount: 1000 }],
    })
    await world.advanceTo('2026-02-11T00:00:00Z')
    expect(await timeline(world, subscription_id)).toEqual([
      '2026-01-01 subscription.active',
      '2026-01-01 subscription.renewed',
      '2026-01-01 payment.succeeded 10.00',
      '2026-01-11 payment.succeeded 30.00',
      '2026-01-11 subscription.renewed',
      '2026-02-10 payment.succeeded 30.00',
      '2026-02-10 subscription.renewed',
    ])
    expect(await worth(subscription_id)).toEqual([3000])
    const periods = await listPeriods(await world.fresh(), subscription_id)
    expect(periods.map(({ kind, period_start }) => `${kind} ${period_start.toString().slice(5, 10)}`)).toEqual([
      'trial 01-01',
      'paid 01-11',
      'paid 02-10',
    ])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('the tax of the table: 10.00 + 1.90, then 30.00 + 5.70; inclusive, 1.60 of 10.00', async () => {
    const from = { region: null, tax_category: null, effective_from: Temporal.PlainDate.from('2026-01-01') }
    await setTaxRate(await world.fresh(), { country: 'DE', rate: 19, name: 'VAT', ...from })
    const { subscription_id } = await buy(world, tried(), { country: 'DE' })
    await world.advanceTo('2026-01-12T00:00:00Z')
    expect(await paid(world)).toEqual(['01-01 11.90', '01-11 35.70'])
    expect((await subscription(subscription_id)).trial_amount).toBe(1000)
    await buy(world, tried({ tax_inclusive: true }), { country: 'DE', email: 'noor@northwind.example' })
    // 1000 × 19 ÷ 119 = 159.66
    expect((await rowsOf(world, 'dues')).at(-1)).toMatchObject({ tax: 160, total: 1000 })
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('three units with a seat: 3 × 10.00, the seat comes with it; then 3 × 30.00 + 10.00', async () => {
    const seat = { name: 'Seat', price: 1000, currency: 'USD', tax_category: 'saas' } as const
    const { addon_id } = await createAddon(await world.fresh(), seat)
    const { product_cart, checkout_id } = await checkoutOf(world, [
      { product: tried({}, { addons: [addon_id] }), quantity: 3 },
    ])
    expect(product_cart).toHaveLength(1)
    const { db } = await world.fresh()
    const withSeat = JSON.stringify([{ ...product_cart[0], addons: [{ addon_id, quantity: 1 }] }])
    await db
      .updateTable('checkout_sessions')
      .set({ product_cart: withSeat as never })
      .where('checkout_id', '=', checkout_id)
      .execute()
    await payCheckout(world, checkout_id)
    await world.advanceTo('2026-01-12T00:00:00Z')
    expect(await paid(world)).toEqual(['01-01 30.00', '01-11 100.00'])
    expect((await subscription(await begun())).trial_amount).toBe(1000)
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('the checkout says what is paid now and what from when', async () => {
    const { checkout_id } = await checkoutOf(world, [{ product: tried() }])
    const told = await page(checkout_id)
    expect(told).toMatch(/\$30\.00[\s\S]*10-day trial, paid today[\s\S]*\$10\.00[\s\S]*Pay \$10\.00/)
    expect(told).toContain('From January 11, 2026: $30.00 every 30 days. Cancel before then and nothing more')
    await payCheckout(world, checkout_id)
    expect(await page(checkout_id)).not.toContain('Free')
  })

  test('not paid, nothing begins; cancelled in it, nothing more is charged', async () => {
    await expect(buy(world, tried(), { card: cards.declined })).rejects.toThrow('was not paid')
    expect((await rowsOf(world, 'subscriptions')).map(({ status }) => status)).toEqual(['pending'])
    const { subscription_id } = await buy(world, tried(), { email: 'noor@northwind.example' })
    await cancelSubscription(await world.fresh(), subscription_id, { timing: 'at_next_billing_date' })
    await world.advanceTo('2026-03-01T00:00:00Z')
    expect(await paid(world)).toEqual(['01-01 10.00 requires_customer_action', '01-01 10.00'])
    expect(await stateOf(world, subscription_id)).toBe('cancelled until 2026-01-11')
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('its terms are those it was sold with, and the checkout may name other days or none', async () => {
    const { product_id, subscription_id } = await buy(world, tried())
    await updateProduct(await world.fresh(), product_id, { price: tried({ trial_amount: 2500 }).price })
    expect((await subscription(subscription_id)).trial_amount).toBe(1000)
    const { checkout_id } = await checkoutOf(world, [{ product: tried() }], { trial_period_days: 3 })
    expect(await page(checkout_id)).toContain('3-day trial, paid today')
    const none = await checkoutOf(world, [{ product: tried() }], { trial_period_days: 0 })
    expect(await page(none.checkout_id)).toContain('Pay $30.00')
  })

  test('at another price it is the same part of it: 10.00 of 30.00 are 8.00 of 24.00', async () => {
    const { checkout_id, product_cart } = await checkoutOf(
      world,
      [{ product: tried({}, { pricing_mode: 'by_currency' }) }],
      { billing_currency: 'EUR' },
    )
    const { product_id = '' } = product_cart[0] ?? {}
    await createLocalizedPrice(await world.fresh(), product_id, { currency: 'EUR', amount: 2400, country_code: null })
    expect(await page(checkout_id)).toContain('Pay €8.00')
  })
})

describe('discounts', () => {
  test('leave the trial alone: 10.00, then 15.00 twice and 30.00', async () => {
    await halfOff(2)
    const { checkout_id } = await checkoutOf(world, [{ product: tried() }], { discount_codes: ['HALF'] })
    await payCheckout(world, checkout_id)
    await world.advanceTo('2026-03-13T00:00:00Z')
    expect(await paid(world)).toEqual(['01-01 10.00', '01-11 15.00', '02-10 15.00', '03-12 30.00'])
    expect((await rowsOf(world, 'discounts')).map(({ times_used }) => times_used)).toEqual([1])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('where the price says so they are taken of it, and no period of them is used: 5.00, then 15.00 twice', async () => {
    await halfOff(2)
    const product = tried({ trial_apply_discounts: true })
    const { checkout_id } = await checkoutOf(world, [{ product }], { discount_codes: ['HALF'] })
    await payCheckout(world, checkout_id)
    expect(await subscription(await begun())).toMatchObject({ trial_amount: 500, discounts: [{ cycles_remaining: 2 }] })
    await world.advanceTo('2026-03-13T00:00:00Z')
    expect(await paid(world)).toEqual(['01-01 5.00', '01-11 15.00', '02-10 15.00', '03-12 30.00'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('that leave nothing make it a free trial: a method is saved, nothing is paid', async () => {
    await halfOff(1, 10_000)
    const product = tried({ trial_apply_discounts: true })
    const { checkout_id } = await checkoutOf(world, [{ product }], { discount_codes: ['HALF'] })
    await payCheckout(world, checkout_id)
    expect(await rowsOf(world, 'payments')).toEqual([])
    expect(await subscription(await begun())).toMatchObject({ trial_amount: null, in_trial: true })
    await world.advanceTo('2026-02-11T00:00:00Z')
    // The code pays for one whole period, from the 11th.
    expect(await paid(world)).toEqual(['01-11 0.00', '02-10 30.00'])
    expect(await brokenInvariants(world)).toEqual([])
  })
})

describe('half of it is left on 6 January', () => {
  async function halfway() {
    const { pro } = await makePlans(world)
    const { subscription_id } = await buy(world, tried())
    await world.advanceTo('2026-01-06T00:00:00Z')
    const [payment] = await rowsOf(world, 'payments')
    return { id: subscription_id, pro, payment_id: payment?.payment_id ?? '' }
  }

  test('a change gives back 5.00 of 10.00, charges 80.00 and begins a whole period', async () => {
    const { id, pro } = await halfway()
    await change(world, id, pro)
    expect(await paid(world)).toEqual(['01-01 10.00', '01-06 75.00'])
    expect(await worth(id)).toEqual([8000])
    await world.advanceTo('2026-02-06T00:00:00Z')
    expect(await stateOf(world, id)).toBe('active until 2026-03-07')
    expect(await paid(world)).toEqual(['01-01 10.00', '01-06 75.00', '02-05 80.00'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('4.00 refunded, it is worth 6.00, and the change gives back 3.00', async () => {
    const { id, pro, payment_id } = await halfway()
    const [line] = await rowsOf(world, 'dues_lines')
    const items = [{ item_id: line?.product_id ?? '', amount: 400, tax_inclusive: true }]
    await createRefund(await world.fresh(), { payment_id, items, reason: null, metadata: {} })
    expect(await worth(id)).toEqual([600])
    await change(world, id, pro)
    expect(await paid(world)).toEqual(['01-01 10.00', '01-06 77.00'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('cancelled at once, 5.00 go back where unused time does', async () => {
    await setSettings(await world.fresh(), { refund_unused_time: true })
    const { id } = await halfway()
    await cancelSubscription(await world.fresh(), id, { timing: 'now' })
    await world.work()
    expect((await capturesOf(world)).map(({ amount, refunded_amount }) => [amount, refunded_amount])).toEqual([
      [1000, 500],
    ])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('do_not_bill ends the trial and keeps its date and its worth', async () => {
    const { id, pro } = await halfway()
    await change(world, id, pro, { proration_billing_mode: 'do_not_bill' })
    expect(await subscription(id)).toMatchObject({ trial_period_days: 0, trial_amount: null, in_trial: false })
    expect(await worth(id)).toEqual([1000])
    await world.advanceTo('2026-01-12T00:00:00Z')
    expect(await paid(world)).toEqual(['01-01 10.00', '01-11 80.00'])
    expect(await brokenInvariants(world)).toEqual([])
  })
})
