// What is bought besides one plain subscription: single purchases with keys, mixed carts, free plans, two subscriptions of one person.
import { beforeEach, expect, test } from 'vitest'
import type { InvoiceDocument } from '#billing/invoice.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { buy, cards, download, payCheckout, plan } from '#test/support/buy.ts'
import { stage } from '#test/support/stage.ts'
import { capturesOf, checkoutOf, rowsOf, stateOf } from '#test/support/story.ts'
import { brokenInvariants, timeline } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

let world: World

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-31T09:00:00Z' })
})

const documents = async () =>
  (await rowsOf(world, 'invoices')).map(({ document }) => document as unknown as InvoiceDocument)

test('a single purchase brings as many keys as units, and nothing ever renews', async () => {
  const product = download(2500, {
    license_key_enabled: true,
    license_key_activations_limit: 3,
    license_key_duration: { count: 1, interval: 'Year' },
  })
  const { checkout_id } = await checkoutOf(world, [{ product, quantity: 3 }])
  await payCheckout(world, checkout_id)
  const keys = await rowsOf(world, 'license_keys')
  expect(
    keys.map(({ status, activations_limit, expires_at }) => [
      status,
      activations_limit,
      expires_at?.toString().slice(0, 10),
    ]),
  ).toEqual(Array(3).fill(['active', 3, '2027-01-31']))
  expect(new Set(keys.map(({ key }) => key)).size).toBe(3)
  await world.advanceTo('2027-06-01T00:00:00Z')
  expect((await capturesOf(world)).map(({ amount }) => amount)).toEqual([7500])
  expect(await rowsOf(world, 'subscriptions')).toEqual([])
  expect((await rowsOf(world, 'license_keys')).length).toBe(3)
  expect(await brokenInvariants(world)).toEqual([])
})

test('a subscription brings its keys once; a renewal brings none', async () => {
  const product = plan({}, { license_key_enabled: true, license_key_duration: { count: 1, interval: 'Month' } })
  const { checkout_id } = await checkoutOf(world, [{ product, quantity: 2 }])
  await payCheckout(world, checkout_id)
  await world.advanceTo('2026-05-01T00:00:00Z')
  expect((await capturesOf(world)).map(({ amount }) => amount)).toEqual([6000, 6000, 6000, 6000])
  const keys = await rowsOf(world, 'license_keys')
  expect(keys.map(({ status, expires_at }) => [status, expires_at])).toEqual(Array(2).fill(['active', null]))
})

test('a mixed cart is paid at once, and only the subscription renews', async () => {
  const { checkout_id } = await checkoutOf(world, [
    { product: download(1500, { license_key_enabled: true }), quantity: 2 },
    { product: plan({}, { license_key_enabled: true }) },
  ])
  await payCheckout(world, checkout_id)
  await world.advanceTo('2026-03-01T00:00:00Z')
  expect((await capturesOf(world)).map(({ amount }) => amount)).toEqual([6000, 3000])
  const [first, renewal] = await documents()
  expect(
    first?.lines.map(({ description, amount, period_start }) => [description, amount, period_start?.slice(0, 10)]),
  ).toEqual([
    ['Brush pack', 3000, undefined],
    ['Studio Basic', 3000, '2026-01-31'],
  ])
  expect(renewal?.lines.map(({ description, amount }) => [description, amount])).toEqual([['Studio Basic', 3000]])
  const [subscription] = await rowsOf(world, 'subscriptions')
  await cancelSubscription(await world.fresh(), subscription?.subscription_id ?? '', { timing: 'now' })
  const keys = await rowsOf(world, 'license_keys')
  expect(keys.map(({ status }) => status).sort()).toEqual(['active', 'active', 'disabled'])
  expect(await brokenInvariants(world)).toEqual([])
})

test('in a mixed cart with a trial, only the single purchase is paid now', async () => {
  const { checkout_id } = await checkoutOf(world, [
    { product: download(1500) },
    { product: plan({ trial_period_days: 7 }) },
  ])
  await payCheckout(world, checkout_id)
  await world.advanceTo('2026-02-08T00:00:00Z')
  expect((await capturesOf(world)).map(({ amount }) => amount)).toEqual([1500, 3000])
  const [subscription] = await rowsOf(world, 'subscriptions')
  expect(await timeline(world, subscription?.subscription_id ?? '')).toEqual([
    '2026-01-31 subscription.active',
    '2026-01-31 payment.succeeded 15.00',
    '2026-02-07 payment.succeeded 30.00',
    '2026-02-07 subscription.renewed',
  ])
  expect(await brokenInvariants(world)).toEqual([])
})

test('a free plan settles with payments and invoices of 0, and the processor is never asked', async () => {
  const { subscription_id } = await buy(world, plan({ price: 0 }))
  await world.advanceTo('2026-04-01T00:00:00Z')
  expect(await timeline(world, subscription_id)).toEqual([
    '2026-01-31 subscription.active',
    '2026-01-31 subscription.renewed',
    '2026-01-31 payment.succeeded 0.00',
    '2026-02-28 payment.succeeded 0.00',
    '2026-02-28 subscription.renewed',
    '2026-03-31 payment.succeeded 0.00',
    '2026-03-31 subscription.renewed',
  ])
  expect((await documents()).map(({ number, total }) => [number, total])).toEqual([
    ['LS-000001', 0],
    ['LS-000002', 0],
    ['LS-000003', 0],
  ])
  const intents = await world.database.connections
    .pool('sandbox')
    .db.selectFrom('intents')
    .selectAll()
    .where('business_id', '=', world.business_id)
    .execute()
  expect(intents).toEqual([])
  expect(await brokenInvariants(world)).toEqual([])
})

test('two subscriptions of one customer live apart: one fails, the other goes on', async () => {
  const held = await buy(world, plan(), { card: cards.failsLater })
  await world.advanceTo('2026-02-10T00:00:00Z')
  const kept = await buy(world, plan({ price: 1200 }), { card: cards.mastercard })
  expect(kept.customer_id).toBe(held.customer_id)
  await world.advanceTo('2026-04-11T00:00:00Z')
  expect(await stateOf(world, held.subscription_id)).toBe('on_hold until 2026-02-28')
  expect(await stateOf(world, kept.subscription_id)).toBe('active until 2026-05-10')
  await cancelSubscription(await world.fresh(), held.subscription_id, { timing: 'now' })
  await world.advanceTo('2026-05-11T00:00:00Z')
  expect((await timeline(world, kept.subscription_id)).filter((line) => line.includes('payment.'))).toEqual([
    '2026-02-10 payment.succeeded 12.00',
    '2026-03-10 payment.succeeded 12.00',
    '2026-04-10 payment.succeeded 12.00',
    '2026-05-10 payment.succeeded 12.00',
  ])
  const methods = await rowsOf(world, 'payment_methods')
  expect(methods.map(({ card_last_four, is_default }) => [card_last_four, is_default])).toEqual([
    ['0341', true],
    ['4444', false],
  ])
  expect(await brokenInvariants(world)).toEqual([])
})
