// What comes before a checkout, through the published SDK: what it would cost, and for whom.
import type DodoPayments from 'dodopayments'
import { UnprocessableEntityError } from 'dodopayments'
import { beforeEach, describe, expect, test } from 'vitest'
import { setBusiness } from '#core/businesses/set-business.ts'
import { createAddon } from '#core/catalog/create-addon.ts'
import { createProduct } from '#core/catalog/create-product.ts'
import { setTaxRate } from '#core/tax/set-tax-rate.ts'
import { checkedClient } from '#test/conformance/checked-client.ts'
import { download, payCheckout, plan } from '#test/support/buy.ts'
import { stage } from '#test/support/stage.ts'
import { checkoutOf, rowsOf } from '#test/support/story.ts'
import type { World } from '#test/support/world.ts'

describe('before a checkout', () => {
  const { newWorld } = stage()
  let world: World
  let client: DodoPayments

  beforeEach(async () => {
    world = await newWorld({ startsAt: '2026-01-31T10:00:00Z' })
    client = checkedClient(world)
  })

  const vat = {
    rate: 25,
    name: 'VAT',
    region: null,
    tax_category: null,
    effective_from: Temporal.PlainDate.from('2026-01-01'),
  }
  const make = async (fields: Parameters<typeof createProduct>[1]) =>
    (await createProduct(await world.fresh(), fields)).product_id

  test('the preview is what is paid, and what the renewal takes', async () => {
    const ctx = await world.fresh()
    await setTaxRate(ctx, { country: 'SE', ...vat })
    const { addon_id } = await createAddon(ctx, { name: 'Seat', currency: 'USD', price: 1000, tax_category: 'saas' })
    const studio = await make(plan({}, { addons: [addon_id] }))
    const brushes = await make(download(1000))
    const { code } = await client.discounts.create({ type: 'percentage', amount: 1000, subscription_cycles: 3 })
    const cart: DodoPayments.CheckoutSessionCreateParams = {
      product_cart: [
        { product_id: studio, quantity: 1, addons: [{ addon_id, quantity: 2 }] },
        { product_id: brushes, quantity: 1 },
      ],
      discount_codes: [code],
      billing_address: { country: 'SE' },
    }
    const preview = await client.checkoutSessions.preview(cart)
    // 30.00 + 2 × 10.00 + 10.00, less 10 %: 54.00 + 25 % = 67.50; without the brushes 45.00 + 11.25 = 56.25.
    expect(preview).toMatchObject({
      currency: 'USD',
      billing_country: 'SE',
      current_breakup: { subtotal: 6000, discount: 600, tax: 1350, total_amount: 6750 },
      recurring_breakup: { subtotal: 5000, discount: 500, tax: 1125, total_amount: 5625 },
      total_price: 6750,
      total_tax: 1350,
      next_billing_date: expect.stringMatching(/^2026-02-28T10:00:/),
      trial_period_days: null,
      payment_method_required: true,
      subscriptions: null,
    })
    const [plan_, once] = preview.product_cart
    expect(plan_).toMatchObject({ og_price: 3000, discounted_price: 2700, tax: 675, tax_rate: 25, discount_cycle: 3 })
    expect(plan_?.addons).toMatchObject([
      { quantity: 2, og_price: 2000, discounted_price: 1800, single_quantity_price: 1000 },
    ])
    expect(once).toMatchObject({ is_subscription: false, og_price: 1000, discounted_price: 900, discount_amount: 1000 })
    expect(await rowsOf(world, 'checkout_sessions')).toEqual([])
    const { session_id } = await client.checkoutSessions.create(cart)
    await payCheckout(world, session_id, { country: 'SE' })
    await world.advanceTo('2026-03-01T00:00:00Z')
    const { items } = await client.payments.list({ page_number: 0 })
    expect(items.map(({ total_amount }) => total_amount)).toEqual([5625, 6750])
  })

  test('a trial costs nothing now, or its own amount; its line tells the price of a period', async () => {
    const free = await make(plan({ trial_period_days: 14 }))
    const paid = await make(plan({ trial_period_days: 14, trial_amount: 500 }))
    const ask = (product_id: string) =>
      client.checkoutSessions.preview({
        product_cart: [{ product_id, quantity: 2 }],
        billing_address: { country: 'NO' },
      })
    expect(await ask(free)).toMatchObject({
      total_price: 0,
      trial_period_days: 14,
      trial_amount: null,
      payment_method_required: true,
      recurring_breakup: { total_amount: 6000 },
      next_billing_date: expect.stringMatching(/^2026-02-14T10:00:/),
      product_cart: [{ og_price: 6000 }],
    })
    expect(await ask(paid)).toMatchObject({ total_price: 1000, trial_amount: 500, product_cart: [{ og_price: 6000 }] })
  })

  test('a tax id that cannot be one is told, and one that can turns the tax around', async () => {
    await setBusiness(world.modes.test.ctx, world.business_id, { country: 'SE' })
    await setTaxRate(await world.fresh(), { country: 'DE', ...vat })
    const product_id = await make(download(1000))
    const ask = (tax_id: string) =>
      client.checkoutSessions.preview({
        product_cart: [{ product_id, quantity: 1 }],
        billing_address: { country: 'DE' },
        tax_id,
      })
    expect(await ask('DE12')).toMatchObject({ total_price: 1250, tax_id_err_msg: 'This is not a tax id of DE' })
    const turned = { total_price: 1000, total_tax: 0, tax_id_err_msg: null, tax_id_format_name: 'VAT number' }
    expect(await ask('DE 123 456 789')).toMatchObject(turned)
  })

  test('what could not be sold is refused, and nothing is charged for what is free', async () => {
    const product_id = await make(download(0))
    const product_cart = [{ product_id, quantity: 1 }]
    await expect(client.checkoutSessions.preview({ product_cart })).rejects.toThrow(UnprocessableEntityError)
    await setBusiness(world.modes.test.ctx, world.business_id, { country: 'SE' })
    const preview = await client.checkoutSessions.preview({ product_cart })
    expect(preview).toMatchObject({ billing_country: 'SE', total_price: 0, recurring_breakup: null })
    expect([preview.payment_method_required, preview.next_billing_date]).toEqual([false, null])
    await expect(client.checkoutSessions.preview({ product_cart: [] })).rejects.toThrow(UnprocessableEntityError)
    const codes = client.checkoutSessions.preview({ product_cart, discount_codes: ['NOBODYS'] })
    await expect(codes).rejects.toThrow(UnprocessableEntityError)
    await client.products.archive(product_id)
    await expect(client.checkoutSessions.preview({ product_cart })).rejects.toMatchObject({ status: 410 })
  })

  test('buyers may be in each country the checkout offers', async () => {
    const countries = await client.misc.listSupportedCountries()
    expect(countries).toContain('SE')
    expect(new Set(countries).size).toBe(249)
    const { checkout_id } = await checkoutOf(world, [{ product: download(900) }])
    const page = await (await world.app.request(world.urls.checkout(checkout_id))).text()
    const offered = [...page.matchAll(/<option value="([A-Z]{2})"/g)].map(([, code]) => code)
    expect(offered.toSorted()).toEqual(countries.toSorted())
  })
})
