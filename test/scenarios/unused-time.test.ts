// Cancelled at once, where the merchant gives back what is left of the period.
import { beforeEach, expect, test } from 'vitest'
import { setSettings } from '#core/businesses/set-settings.ts'
import { createRefund } from '#core/refunds/create-refund.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { pauseSubscription } from '#core/subscriptions/pause-subscription.ts'
import { previewCancellation } from '#core/subscriptions/preview-cancellation.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import { adjustWallet } from '#core/wallets/adjust-wallet.ts'
import { readWalletBalance } from '#core/wallets/queries.ts'
import { cards, download, payCheckout, plan } from '#test/support/buy.ts'
import { change, makePlans, type Plans, subscribeTo } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { capturesOf, checkoutOf, rowsOf, stateOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import { signIn } from '#test/support/visit.ts'
import type { World } from '#test/support/world.ts'

const THIRTY_DAYS = { payment_frequency_count: 30, payment_frequency_interval: 'Day' } as const

const { newWorld } = stage()

let world: World
let plans: Plans

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  plans = await makePlans(world)
  await setSettings(await world.fresh(), { refund_unused_time: true })
})

const preview = async (id: string) => {
  const ctx = await world.fresh()
  return previewCancellation(ctx, await getSubscription(ctx, id))
}
const cancel = async (id: string) => {
  await cancelSubscription(await world.fresh(), id, { timing: 'now' })
  await world.work()
}
const givenBack = async () => (await capturesOf(world)).map(({ amount, refunded_amount }) => [amount, refunded_amount])
const wallet = async (id: string) => {
  const ctx = await world.fresh()
  return readWalletBalance(ctx, (await getSubscription(ctx, id)).customer_id, 'USD')
}

test('after an upgrade: the newest payment first, then what is left of the one before', async () => {
  const id = await subscribeTo(world, plans.basic)
  await world.advanceTo('2026-01-16T00:00:00Z')
  await change(world, id, plans.pro)
  await world.advanceTo('2026-01-21T00:00:00Z')
  // A third of 80.00 is 26.67: all 25.00 of the upgrade, and 1.67 of the 30.00, of which the upgrade gave back 15.00.
  expect(await preview(id)).toEqual({ currency: 'USD', to_method: 2667, to_wallet: 0, credit_to_wallet: 0, used: 0 })
  await cancel(id)
  expect(await givenBack()).toEqual([
    [3000, 167],
    [2500, 2500],
  ])
  expect(await stateOf(world, id)).toBe('cancelled until 2026-01-31')
  expect(await brokenInvariants(world)).toEqual([])
})

test('the portal says how much, and what was done tells it in the timeline', async () => {
  const id = await subscribeTo(world, plans.basic)
  const { customer_id } = await getSubscription(await world.fresh(), id)
  await world.advanceTo('2026-01-11T00:00:00Z')
  const visit = await signIn(world, customer_id)
  const read = async () => (await visit.get(world.urls.portal.subscription(world.business_id, id))).text()
  expect(await read()).toContain('20.00 for the time that is left goes back')
  await pauseSubscription(await world.fresh(), id, { resumes_at: Temporal.Instant.from('2026-03-01T00:00:00Z') })
  expect(await read()).toMatch(/Resumes[\s\S]*Paused/)
  await setSettings(await world.fresh(), { refund_unused_time: false })
  expect(await read()).not.toContain('goes back')
})

test('off, nothing is given back', async () => {
  await setSettings(await world.fresh(), { refund_unused_time: false })
  const id = await subscribeTo(world, plans.basic)
  await world.advanceTo('2026-01-16T00:00:00Z')
  expect(await preview(id)).toMatchObject({ to_method: 0, to_wallet: 0 })
  await cancel(id)
  expect(await givenBack()).toEqual([[3000, 0]])
})

test('what the wallet paid goes back to the wallet, after the card had its part', async () => {
  const id = await subscribeTo(world, plans.basic)
  const { customer_id } = await getSubscription(await world.fresh(), id)
  const gift = { currency: 'USD', amount: 2600, entry_type: 'credit', reason: null, idempotency_key: null } as const
  await adjustWallet(await world.fresh(), customer_id, gift)
  // On 31 January the wallet pays 26.00 and the card 4.00; on 20 February a third is left: 10.00.
  await world.advanceTo('2026-02-20T00:00:00Z')
  expect(await preview(id)).toMatchObject({ to_method: 400, to_wallet: 600 })
  await cancel(id)
  expect([await givenBack(), await wallet(id)]).toEqual([
    [
      [3000, 0],
      [400, 400],
    ],
    600,
  ])
  // What the wallet paid and did not get back is all that is left of that payment: 26.00 − 6.00.
  const payment_id = (await rowsOf(world, 'payments')).at(-1)?.payment_id ?? ''
  const rest = { payment_id, items: null, reason: null, metadata: {} }
  expect(await createRefund(await world.fresh(), rest)).toMatchObject({ amount: 0, wallet_amount: 2000 })
  expect(await wallet(id)).toBe(2600)
  expect(await brokenInvariants(world)).toEqual([])
})

test('what credit that was paid for paid goes to the wallet, with a credit note of its own', async () => {
  const id = await subscribeTo(world, plans.pro)
  await world.advanceTo('2026-01-16T00:00:00Z')
  await change(world, id, plans.starter)
  await world.advanceTo('2026-02-15T00:00:00Z')
  // 30.00 of credit paid the 20.00 of 31 January; half of them is left, and 10.00 were not used.
  expect(await preview(id)).toMatchObject({ to_method: 0, to_wallet: 1000, credit_to_wallet: 1000 })
  await cancel(id)
  expect(await wallet(id)).toBe(2000)
  expect((await rowsOf(world, 'credit_notes')).map(({ number, total }) => [number, total])).toEqual([
    ['LS-CN-000001', 3000],
    ['LS-CN-000002', 1000],
  ])
  expect(await brokenInvariants(world)).toEqual([])
})

test('after a downgrade: a share of what the period is worth now, and the credit to the wallet', async () => {
  const id = await subscribeTo(world, plans.pro)
  await world.advanceTo('2026-01-16T00:00:00Z')
  await change(world, id, plans.starter)
  await world.advanceTo('2026-01-21T00:00:00Z')
  // A third of 20.00; half of 60.00 had become credit.
  expect(await preview(id)).toMatchObject({ to_method: 667, to_wallet: 0, credit_to_wallet: 3000 })
  await cancel(id)
  expect([await givenBack(), await wallet(id)]).toEqual([[[8000, 667]], 3000])
  expect(await brokenInvariants(world)).toEqual([])
})

test('a gift of the merchant is not paid out', async () => {
  const id = await subscribeTo(world, plans.pro)
  await world.advanceTo('2026-01-30T23:59:00Z')
  // By difference 60.00, of which all but some cents are a gift: it pays the next period of 20.00.
  await change(world, id, plans.starter, { proration_billing_mode: 'difference_immediately' })
  await world.advanceTo('2026-02-15T00:00:00Z')
  const { to_method, to_wallet } = await preview(id)
  expect([to_method, to_wallet]).toEqual([0, 0])
})

test('paused: the time that was left when it began', async () => {
  const id = await subscribeTo(world, plans.basic)
  await world.advanceTo('2026-01-11T00:00:00Z')
  await pauseSubscription(await world.fresh(), id)
  await world.advanceTo('2026-05-01T00:00:00Z')
  await cancel(id)
  // 20 of 30 days
  expect(await givenBack()).toEqual([[3000, 2000]])
})

test('on hold for a change that was not paid: the time left of the plan that was', async () => {
  const id = await subscribeTo(world, plans.basic, { card: cards.failsLater })
  await world.advanceTo('2026-01-16T00:00:00Z')
  await change(world, id, plans.yearly, { on_payment_failure: 'apply_change' })
  await world.advanceTo('2026-03-01T00:00:00Z')
  expect(await stateOf(world, id)).toBe('on_hold until 2027-01-16')
  await cancel(id)
  expect(await givenBack()).toEqual([[3000, 1500]])
})

test('on hold for a renewal: that period was never paid for', async () => {
  const id = await subscribeTo(world, plans.basic, { card: cards.failsLater })
  await world.advanceTo('2026-02-10T00:00:00Z')
  await cancel(id)
  expect(await givenBack()).toEqual([[3000, 0]])
})

test('what was bought once beside it is not given back', async () => {
  const { checkout_id } = await checkoutOf(world, [
    { product: plan({ ...THIRTY_DAYS, price: 3000 }) },
    { product: download(9900) },
  ])
  await payCheckout(world, checkout_id)
  const id = (await rowsOf(world, 'checkout_sessions'))[0]?.subscription_id ?? ''
  await world.advanceTo('2026-01-16T00:00:00Z')
  await cancel(id)
  expect(await givenBack()).toEqual([[12_900, 1500]])
})
