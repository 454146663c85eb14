import { expect, test } from 'vitest'
import { createProduct } from '#core/catalog/create-product.ts'
import { createCheckout } from '#core/checkout/create-checkout.ts'
import { getSubscription, listPeriods } from '#core/subscriptions/queries.ts'
import { updateSubscription } from '#core/subscriptions/update-subscription.ts'
import { buy, cards, payCheckout, plan } from '#test/support/buy.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf, stateOf } from '#test/support/story.ts'
import { brokenInvariants, timeline } from '#test/support/timeline.ts'

const { newWorld } = stage()

async function worldFrom(startsAt: string) {
  const world = await newWorld({ startsAt })
  return world
}

test('a yearly plan bought on 29 February comes back to it every leap year', async () => {
  const world = await worldFrom('2024-02-29T12:00:00Z')
  const { subscription_id } = await buy(world, plan({ price: 30000, payment_frequency_interval: 'Year' }))
  await world.advanceTo('2028-03-01T00:00:00Z')
  expect((await timeline(world, subscription_id)).filter((line) => line.includes('payment.'))).toEqual([
    '2024-02-29 payment.succeeded 300.00',
    '2025-02-28 payment.succeeded 300.00',
    '2026-02-28 payment.succeeded 300.00',
    '2027-02-28 payment.succeeded 300.00',
    '2028-02-29 payment.succeeded 300.00',
  ])
  expect(await stateOf(world, subscription_id)).toBe('active until 2029-02-28')
  expect(await brokenInvariants(world)).toEqual([])
})

test('a trial costs nothing, and its first charge comes at its end', async () => {
  const world = await worldFrom('2026-01-20T08:00:00Z')
  const { subscription_id } = await buy(world, plan({ trial_period_days: 14 }))
  expect(await rowsOf(world, 'payments')).toEqual([])
  expect(await rowsOf(world, 'invoices')).toEqual([])
  await world.advanceTo('2026-02-03T07:59:59Z')
  expect(await rowsOf(world, 'payments')).toEqual([])
  expect((await getSubscription(await world.fresh(), subscription_id)).in_trial).toBe(true)
  await world.advanceTo('2026-04-04T00:00:00Z')
  expect(await timeline(world, subscription_id)).toEqual([
    '2026-01-20 subscription.active',
    '2026-02-03 payment.succeeded 30.00',
    '2026-02-03 subscription.renewed',
    '2026-03-03 payment.succeeded 30.00',
    '2026-03-03 subscription.renewed',
    '2026-04-03 payment.succeeded 30.00',
    '2026-04-03 subscription.renewed',
  ])
  const periods = await listPeriods(await world.fresh(), subscription_id)
  expect(periods.map(({ kind, period_start }) => `${kind} ${period_start.toString().slice(0, 10)}`)).toEqual([
    'trial 2026-01-20',
    'paid 2026-02-03',
    'paid 2026-03-03',
    'paid 2026-04-03',
  ])
  await updateSubscription(await world.fresh(), subscription_id, {
    next_billing_date: Temporal.Instant.from('2026-05-20T00:00:00Z'),
  })
  expect((await getSubscription(await world.fresh(), subscription_id)).in_trial).toBe(false)
  expect(await brokenInvariants(world)).toEqual([])
})

test('the days of a trial named by the checkout outweigh those of the product', async () => {
  const world = await worldFrom('2026-01-20T08:00:00Z')
  const ctx = await world.fresh()
  const { product_id } = await createProduct(ctx, plan({ trial_period_days: 14 }))
  const product_cart = [{ product_id, quantity: 1, addons: [], amount: null }]
  const { checkout_id } = await createCheckout(ctx, { product_cart, trial_period_days: 0 })
  await payCheckout(world, checkout_id)
  expect((await rowsOf(world, 'payments')).map(({ total_amount }) => total_amount)).toEqual([3000])
  const [subscription] = await rowsOf(world, 'subscriptions')
  expect(await stateOf(world, subscription?.subscription_id ?? '')).toBe('active until 2026-02-20')
})

test('a trial whose first charge is declined goes on hold, with nothing paid', async () => {
  const world = await worldFrom('2026-01-20T08:00:00Z')
  const { subscription_id } = await buy(world, plan({ trial_period_days: 14 }), { card: cards.failsLater })
  await world.advanceTo('2026-06-01T00:00:00Z')
  expect(await timeline(world, subscription_id)).toEqual([
    '2026-01-20 subscription.active',
    '2026-02-03 payment.failed 30.00 GENERIC_DECLINE',
    '2026-02-03 subscription.on_hold',
  ])
  expect(await rowsOf(world, 'invoices')).toEqual([])
  expect(await brokenInvariants(world)).toEqual([])
})

// 31.00 a month for 45 days from 1 January: the whole of January, and 14 of February's 28 days for 15.50.
test('the last period is cut where the term ends, costs its share, and then the subscription expires', async () => {
  const world = await worldFrom('2026-01-01T00:00:00Z')
  const term = { subscription_period_count: 45, subscription_period_interval: 'Day' } as const
  const product = plan({ price: 3100, ...term }, { license_key_enabled: true })
  const { subscription_id } = await buy(world, product)
  await world.advanceTo('2026-05-01T00:00:00Z')
  expect(await timeline(world, subscription_id)).toEqual([
    '2026-01-01 subscription.active',
    '2026-01-01 subscription.renewed',
    '2026-01-01 payment.succeeded 31.00',
    '2026-02-01 payment.succeeded 15.50',
    '2026-02-01 subscription.renewed',
    '2026-02-15 subscription.expired',
  ])
  expect((await rowsOf(world, 'license_keys')).map(({ status }) => status)).toEqual(['expired'])
  expect(await brokenInvariants(world)).toEqual([])
})

test('a term that is a whole number of periods ends without a further charge', async () => {
  const world = await worldFrom('2026-01-31T00:00:00Z')
  const term = { subscription_period_count: 2, subscription_period_interval: 'Month' } as const
  const { subscription_id } = await buy(world, plan(term))
  await world.advanceTo('2026-08-01T00:00:00Z')
  const lines = await timeline(world, subscription_id)
  expect(lines.filter((line) => line.includes('payment.'))).toEqual([
    '2026-01-31 payment.succeeded 30.00',
    '2026-02-28 payment.succeeded 30.00',
  ])
  expect(lines.at(-1)).toBe('2026-03-31 subscription.expired')
})
