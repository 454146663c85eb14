// One wallet, several subscriptions: each page says what those that are due before it leave, and that is what is then taken.
import { beforeEach, describe, expect, test } from 'vitest'
import { setSettings } from '#core/businesses/set-settings.ts'
import { createCheckout } from '#core/checkout/create-checkout.ts'
import { createDiscount } from '#core/discounts/create-discount.ts'
import { quoteChange } from '#core/quotes/quote-change.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { pauseSubscription } from '#core/subscriptions/pause-subscription.ts'
import { getSubscription, listSubscriptions, readNextPayments } from '#core/subscriptions/queries.ts'
import { depositToWallet } from '#core/wallets/deposit-to-wallet.ts'
import { buy, cards, payCheckout, plan } from '#test/support/buy.ts'
import { makePlans, type Plans, paid, subscribeTo } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()
let world: World
let plans: Plans

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  plans = await makePlans(world)
})

const at = (day: string) => world.advanceTo(`${day}T00:00:00Z`)

async function deposit(amount: number, currency = 'USD') {
  const [customer] = await rowsOf(world, 'customers')
  const entry = { currency, amount, event_type: 'refund' as const, reason_key: `test:${currency}:${amount}` }
  await depositToWallet(await world.fresh(), customer?.customer_id ?? '', entry)
}

/** What the wallet pays of the next payment, asked for alone as a subscription's page does. */
async function wallet(subscription_id: string) {
  const ctx = await world.fresh()
  const next = await readNextPayments(ctx, [await getSubscription(ctx, subscription_id)])
  return next.get(subscription_id)?.own_funds.wallet
}

async function wallets(...ids: string[]) {
  const alone: (number | undefined)[] = []
  for (const id of ids) alone.push(await wallet(id))
  const ctx = await world.fresh()
  const all = await readNextPayments(ctx, await listSubscriptions(ctx, {}, { page_number: 0, page_size: 100 }))
  // Alone, or in a list of all.
  expect(ids.map((id) => all.get(id)?.own_funds.wallet)).toEqual(alone)
  return alone
}

/** Basic of 30.00 is due on 31 January, Starter of 20.00 on 4 February. */
async function basicAndStarter() {
  const basic = await subscribeTo(world, plans.basic)
  await at('2026-01-05')
  return [basic, await subscribeTo(world, plans.starter)] as const
}

describe('a wallet of two', () => {
  test('pays the earlier one first, the later one with the rest', async () => {
    const [basic, starter] = await basicAndStarter()
    await deposit(4000)
    // 40.00 − 30.00 leave 10.00 of the 20.00.
    expect(await wallets(basic, starter)).toEqual([3000, 1000])
    await at('2026-02-05')
    expect((await paid(world)).slice(2)).toEqual(['01-31 0.00 + 30.00 wallet', '02-04 10.00 + 10.00 wallet'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('leaves the card of the earlier one no less than can be charged, and the rest to the later one', async () => {
    const starter = await subscribeTo(world, plans.starter)
    await at('2026-01-05')
    const basic = await subscribeTo(world, plans.basic)
    await deposit(1980)
    // 20.00 − 19.80 would leave 0.20, so 19.50 are used: 0.30 stay.
    expect(await wallets(starter, basic)).toEqual([1950, 30])
    await at('2026-02-05')
    expect((await paid(world)).slice(2)).toEqual(['01-31 0.50 + 19.50 wallet', '02-04 29.70 + 0.30 wallet'])
  })

  test('is asked again by what renews again before', async () => {
    const ctx = await world.fresh()
    await createDiscount(ctx, {
      ...{ code: 'HALF', name: null, type: 'percentage', amount: 5000, customer_eligibility: 'any', metadata: {} },
      ...{ usage_limit: null, per_customer_usage_limit: null, subscription_cycles: 2, preserve_on_plan_change: true },
      ...{ starts_at: null, expires_at: null, restricted_to: [], currency_options: [] },
    })
    const cart = [{ product_id: plans.basic, quantity: 1, addons: [], amount: null }]
    const { checkout_id } = await createCheckout(ctx, { product_cart: cart, discount_codes: ['HALF'] })
    await payCheckout(world, checkout_id)
    const [basic] = await rowsOf(world, 'subscriptions')
    const yearly = await subscribeTo(world, plans.yearly)
    await deposit(40_000)
    // In a year Basic renews 12 times, at half its price once more: 15.00 + 11 × 30.00 = 345.00, of 400.00.
    expect(await wallets(basic?.subscription_id ?? '', yearly)).toEqual([1500, 5500])
    await at('2027-01-02')
    expect((await paid(world)).at(-1)).toBe('01-01 745.00 + 55.00 wallet')
  })
})

describe('a wallet of three', () => {
  test('due at one instant pays them in the order of their ids', async () => {
    const made: string[] = []
    for (let count = 0; count < 3; count += 1) made.push(await subscribeTo(world, plans.starter))
    const next_billing_date = '2026-01-30T09:00:00Z'
    for (const id of made) await world.client().subscriptions.update(id, { next_billing_date })
    const ids = made.toSorted()
    await deposit(4500)
    // 45.00 = 20.00 + 20.00 + 5.00.
    expect(await wallets(...ids)).toEqual([2000, 2000, 500])
    await at('2026-02-01')
    const dues = (await rowsOf(world, 'dues')).filter(({ kind }) => kind === 'renewal')
    const taken = ids.map((id) => dues.find(({ subscription_id }) => subscription_id === id)?.wallet_applied)
    expect(taken).toEqual([2000, 2000, 500])
  })

  test('is not that of another currency', async () => {
    const [basic, starter] = await basicAndStarter()
    const euro = (await buy(world, plan({ currency: 'EUR', price: 1200 }))).subscription_id
    await deposit(4000)
    expect(await wallets(basic, starter, euro)).toEqual([3000, 1000, 0])
    await deposit(700, 'EUR')
    expect(await wallets(basic, starter, euro)).toEqual([3000, 1000, 700])
  })

  test('pays nothing of what ends, nor of what rests until somebody resumes it', async () => {
    const [basic, starter] = await basicAndStarter()
    await at('2026-01-06')
    const pro = await subscribeTo(world, plans.pro)
    await deposit(4000)
    // All of it is used up before Pro, due on 5 February: 40.00 = 30.00 + 10.00.
    expect(await wallets(basic, starter, pro)).toEqual([3000, 1000, 0])
    await cancelSubscription(await world.fresh(), basic, { timing: 'at_next_billing_date' })
    expect(await wallets(basic, starter, pro)).toEqual([undefined, 2000, 2000])
    await pauseSubscription(await world.fresh(), starter, { resumes_at: null })
    expect(await wallets(starter, pro)).toEqual([2000, 4000])
  })

  test('pays what resumes by itself at the date it then has', async () => {
    const [basic, starter] = await basicAndStarter()
    await deposit(4000)
    const resumes_at = Temporal.Instant.from('2026-01-15T06:00:00Z')
    await pauseSubscription(await world.fresh(), basic, { resumes_at })
    // Ten days and some hours at rest: 31 January becomes 10 February, after Starter's 4 February.
    expect(await wallets(starter, basic)).toEqual([2000, 2000])
    await at('2026-02-11')
    expect((await paid(world)).slice(2)).toEqual(['02-04 0.00 + 20.00 wallet', '02-10 10.00 + 20.00 wallet'])
  })
})

test('what is owed and asked for again by itself comes first; not asked for again before, it takes nothing', async () => {
  await setSettings(await world.fresh(), { payment_retries: true })
  await subscribeTo(world, plans.basic, { card: cards.failsLater })
  await at('2026-01-05')
  const starter = await subscribeTo(world, plans.starter)
  await deposit(1000)
  await world.advanceTo('2026-01-31T06:00:00Z')
  const [owed] = (await rowsOf(world, 'dues')).filter(({ status }) => status === 'open')
  const retry = owed?.next_retry_at?.toString().slice(0, 13)
  expect([owed?.total, owed?.wallet_applied, retry]).toEqual([3000, 0, '2026-01-31T12'])
  // 10.00 of the 30.00 that are owed.
  expect(await wallets(starter)).toEqual([0])
  // The fourth retry, after Starter's renewal on 4 February, is the next one.
  await world.advanceTo('2026-02-03T13:00:00Z')
  expect(await wallets(starter)).toEqual([1000])
  await world.advanceTo('2026-02-04T01:00:00Z')
  expect((await paid(world)).at(-1)).toBe('02-04 10.00 + 10.00 wallet')
})

test('what a change would leave for its next payment is not what another one takes before', async () => {
  const [basic, starter] = await basicAndStarter()
  await deposit(10_000)
  const change = {
    product_id: plans.pro,
    quantity: 1,
    addons: [],
    proration_billing_mode: 'prorated_immediately',
  } as const
  const { wallet_applied, next_total, next_amount } = await quoteChange(await world.fresh(), starter, change)
  // 100.00 − 80.00 + 20.00 = 40.00, of which Basic takes 30.00: 10.00 of the 80.00.
  expect([wallet_applied, next_total, next_amount]).toEqual([6000, 8000, 7000])
  // As things are: Starter at its own price finds 70.00.
  expect(await wallets(basic, starter)).toEqual([3000, 2000])
})
