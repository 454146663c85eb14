// What the portal says the next payment is must be what the renewal then takes.
import { beforeEach, describe, expect, test } from 'vitest'
import { createCheckout } from '#core/checkout/create-checkout.ts'
import { createDiscount } from '#core/discounts/create-discount.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { listSubscriptions, readNextPayments } from '#core/subscriptions/queries.ts'
import { setTaxRate } from '#core/tax/set-tax-rate.ts'
import { depositToWallet } from '#core/wallets/deposit-to-wallet.ts'
import { payCheckout } from '#test/support/buy.ts'
import { makeMeter, makeMetered, use } from '#test/support/metered.ts'
import { change, makePlans, type Plans, paid, subscribeTo } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()
let world: World
let plans: Plans

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  plans = await makePlans(world)
})

async function next(subscription_id: string) {
  const ctx = await world.fresh()
  const subscriptions = await listSubscriptions(ctx, {}, { page_number: 0, page_size: 100 })
  return (await readNextPayments(ctx, subscriptions)).get(subscription_id)
}

async function deposit(amount: number) {
  const [customer] = await rowsOf(world, 'customers')
  const entry = { currency: 'USD', amount, event_type: 'refund' as const, reason_key: `test:${amount}` }
  await depositToWallet(await world.fresh(), customer?.customer_id ?? '', entry)
}

async function tax(rate: number) {
  const effective_from = Temporal.PlainDate.from('2026-01-20')
  const row = { country: 'SE', rate, name: 'VAT', region: null, tax_category: null, effective_from }
  await setTaxRate(await world.fresh(), row)
}

async function subscribeWithCode(product_id: string) {
  const discount = { name: null, usage_limit: null, per_customer_usage_limit: null, subscription_cycles: null }
  const always = { starts_at: null, expires_at: null, preserve_on_plan_change: true, metadata: {} }
  await createDiscount(await world.fresh(), {
    ...{ ...discount, ...always, code: 'HALF', type: 'percentage', amount: 5000, customer_eligibility: 'any' },
    ...{ restricted_to: [], currency_options: [] },
  })
  const cart = [{ product_id, quantity: 1, addons: [], amount: null }]
  const { checkout_id } = await createCheckout(await world.fresh(), { product_cart: cart, discount_codes: ['HALF'] })
  await payCheckout(world, checkout_id, {})
  return (await rowsOf(world, 'subscriptions'))[0]?.subscription_id ?? ''
}

describe('the next payment', () => {
  test('has the discount, the tax of its day, and what the wallet leaves', async () => {
    const id = await subscribeWithCode(plans.basic)
    await tax(25)
    await deposit(500)
    // 30.00 − 15.00 = 15.00, + 3.75 of tax from 20 January on, − 5.00.
    expect(await next(id)).toMatchObject({ total: 1875, tax: 375, own_funds: { credit: 0, wallet: 500 }, amount: 1375 })
    await world.advanceTo('2026-02-01T00:00:00Z')
    expect((await paid(world)).at(-1)).toBe('01-31 13.75 + 5.00 wallet')
  })

  test('is the price of the plan it changes to, less the credit of the change before', async () => {
    const id = await subscribeTo(world, plans.pro)
    await world.advanceTo('2026-01-16T00:00:00Z')
    await change(world, id, plans.basic, { proration_billing_mode: 'prorated_immediately' })
    // 80 × ½ − 30 × ½ = 25.00 of credit.
    expect(await next(id)).toMatchObject({ total: 3000, own_funds: { credit: 2500, wallet: 0 }, amount: 500 })
    const later = { effective_at: 'next_billing_date', proration_billing_mode: 'full_immediately' } as const
    await change(world, id, plans.pro, later)
    expect(await next(id)).toMatchObject({ total: 8000, amount: 5500, change: { product_name: 'Pro', quantity: 1 } })
    await world.advanceTo('2026-02-01T00:00:00Z')
    expect((await paid(world)).at(-1)).toMatch(/^01-31 55\.00/)
  })

  test('comes with usage where there is a price for it, and there is none where it ends before', async () => {
    const meter_id = await makeMeter(world)
    const id = await subscribeTo(
      world,
      await makeMetered(world, [{ meter_id, free_threshold: 0, price_per_unit: '5' }]),
    )
    await use(world, 100)
    expect(await next(id)).toMatchObject({ amount: 1000, plus_usage: true })
    await cancelSubscription(await world.fresh(), id, { timing: 'at_next_billing_date' })
    expect(await next(id)).toBeUndefined()
  })

  test('leaves the card no less than can be charged', async () => {
    const id = await subscribeTo(world, plans.starter)
    await deposit(1970)
    // 20.00 − 19.70 would leave 0.30: less of the wallet is used.
    expect(await next(id)).toMatchObject({ own_funds: { wallet: 1950 }, amount: 50 })
    await world.advanceTo('2026-02-01T00:00:00Z')
    expect((await paid(world)).at(-1)).toBe('01-31 0.50 + 19.50 wallet')
  })
})
