// A customer who confirms a change is there: their bank may ask for them, and they may bring a code.
import { beforeEach, describe, expect, test } from 'vitest'
import { setSettings } from '#core/businesses/set-settings.ts'
import { createCollection } from '#core/collections/create-collection.ts'
import type { PlanChangeRequest } from '#core/plan-changes/change-plan.ts'
import { confirmQuote } from '#core/quotes/confirm-quote.ts'
import { quoteChange } from '#core/quotes/quote-change.ts'
import { giveUpQuotePayment, returnToQuote } from '#core/quotes/quote-payment.ts'
import { getSubscription, readNextPayments } from '#core/subscriptions/queries.ts'
import { adjustWallet } from '#core/wallets/adjust-wallet.ts'
import { withActor } from '#src/context.ts'
import { post } from '#test/support/buy.ts'
import { setLaterCharges } from '#test/support/later-charges.ts'
import { makePlans, type Plans, subscribeTo } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { capturesOf, rowsOf, stateOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

let world: World
let plans: Plans
let id: string
let customer_id: string

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  plans = await makePlans(world)
  await setSettings(await world.fresh(), { allow_subscription_updates: true })
  const offered = [plans.basic, plans.pro, plans.starter, plans.yearly].map((product_id) => ({ product_id }))
  await createCollection(await world.fresh(), { name: 'Plans', groups: [{ group_name: null, items: offered }] })
  id = await subscribeTo(world, plans.basic)
  customer_id = (await getSubscription(await world.fresh(), id)).customer_id
  await world.advanceTo('2026-01-16T00:00:00Z')
})

const customer = async () => withActor(await world.fresh(), { type: 'customer', id: customer_id })
const quote = async (product_id: string, more: Partial<PlanChangeRequest> = {}) =>
  quoteChange(await customer(), id, { product_id, quantity: 1, addons: [], ...more })
const confirm = async (quote_id: string) =>
  confirmQuote(await customer(), quote_id, { return_url: `${world.urls.base}/back` })
const planOf = async () => (await getSubscription(await world.fresh(), id)).product_name
const bank = async (decision: 'approve' | 'refuse') => {
  const open = (await rowsOf(world, 'payments')).find(({ action_url }) => action_url !== null)
  if (open?.action_url == null) throw new Error('no page is open')
  const answer = await post(world, `${open.action_url}/challenge`, { try_number: '1', decision })
  return answer.headers.get('location')
}
const takenOf = async () => (await capturesOf(world)).map(({ amount, refunded_amount }) => amount - refunded_amount)

describe('the bank asks for the customer', () => {
  beforeEach(() => setLaterCharges(world, 'AUTHENTICATION_REQUIRED'))

  test('approved: the change is paid and made as of its quote, confirmed however often', async () => {
    const { quote_id, decided_at } = await quote(plans.pro)
    expect((await confirm(quote_id)).status).toBe('pending')
    expect([(await confirm(quote_id)).status, await planOf(), await takenOf()]).toEqual(['pending', 'Basic', [3000]])
    expect(await bank('approve')).toBe(`${world.urls.base}/back`)
    await returnToQuote(await customer(), quote_id)
    const made = await confirm(quote_id)
    expect([made.status, made.effective_at, await planOf()]).toEqual(['applied', decided_at, 'Pro'])
    // Half of 80.00 less half of 30.00.
    expect(await takenOf()).toEqual([3000, 2500])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('refused: nothing is changed or owed', async () => {
    const { quote_id } = await quote(plans.pro)
    await confirm(quote_id)
    await bank('refuse')
    await returnToQuote(await customer(), quote_id)
    expect([(await confirm(quote_id)).status, await planOf(), await stateOf(world, id)]).toEqual([
      'failed',
      'Basic',
      'active until 2026-01-31',
    ])
    expect((await quote(plans.pro)).total).toBe(2500)
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('given up: its page takes no money any more, and another quote can be had', async () => {
    const { quote_id } = await quote(plans.pro)
    await confirm(quote_id)
    await expect(quote(plans.starter)).rejects.toMatchObject({ code: 'PENDING_PLAN_CHANGE_EXISTS' })
    const url = (await rowsOf(world, 'payments')).at(-1)?.action_url
    await giveUpQuotePayment(await customer(), quote_id)
    await giveUpQuotePayment(await customer(), quote_id)
    await post(world, `${url}/challenge`, { try_number: '1', decision: 'approve' })
    await returnToQuote(await customer(), quote_id)
    expect([(await confirm(quote_id)).status, await takenOf()]).toEqual(['failed', [3000]])
    expect((await rowsOf(world, 'payments')).at(-1)?.status).toBe('cancelled')
    expect((await quote(plans.pro)).total).toBe(2500)
  })

  test('approved while it is being given up: one of the two, never both', async () => {
    const { quote_id } = await quote(plans.pro)
    await confirm(quote_id)
    await Promise.all([bank('approve'), giveUpQuotePayment(await customer(), quote_id)])
    await returnToQuote(await customer(), quote_id)
    const paid = (await planOf()) === 'Pro'
    expect(await takenOf()).toEqual(paid ? [3000, 2500] : [3000])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('left alone for an hour, it is given up', async () => {
    const { quote_id } = await quote(plans.pro)
    await confirm(quote_id)
    world.advanceWall({ minutes: 61 })
    await world.work()
    expect([(await confirm(quote_id)).status, await planOf(), await takenOf()]).toEqual(['failed', 'Basic', [3000]])
  })

  test('where plans change before they are paid for, a refusal leaves it on hold for the charge', async () => {
    await setSettings(await world.fresh(), { on_payment_failure: 'apply_change' })
    const { quote_id } = await quote(plans.pro)
    expect([(await confirm(quote_id)).status, await stateOf(world, id)]).toEqual(['applied', 'active until 2026-01-31'])
    await bank('refuse')
    await returnToQuote(await customer(), quote_id)
    expect([await planOf(), await stateOf(world, id)]).toEqual(['Pro', 'on_hold until 2026-01-31'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('without the customer it is declined', async () => {
    const { quote_id } = await quote(plans.pro)
    expect((await confirmQuote(await customer(), quote_id)).status).toBe('failed')
    expect((await rowsOf(world, 'payments')).at(-1)?.error_code).toBe('AUTHENTICATION_REQUIRED')
  })
})

test('a charge that got lost on the way is made after all, once', async () => {
  await setLaterCharges(world, 'times_out_lost')
  const { quote_id } = await quote(plans.pro)
  expect((await confirm(quote_id)).status).toBe('pending')
  await giveUpQuotePayment(await customer(), quote_id)
  await returnToQuote(await customer(), quote_id)
  expect([(await confirm(quote_id)).status, await takenOf()]).toEqual(['applied', [3000, 2500]])
})

describe('a code', () => {
  const half = async (more: { preserve_on_plan_change?: boolean; code?: string } = {}) =>
    world.client().discounts.create({ type: 'percentage', amount: 5000, code: 'HALF', ...more })

  test('takes its part of the new plan, and stays with it', async () => {
    await half()
    const { quote_id, total, discounts, next_total } = await quote(plans.pro, { discount_codes: ['half'] })
    // Half of half of 80.00, less half of 30.00; then 80.00 at half its price.
    expect([total, discounts, next_total]).toEqual([500, [{ code: 'HALF', amount: 2000 }], 4000])
    expect((await confirm(quote_id)).status).toBe('applied')
    const next = (await readNextPayments(await world.fresh(), [await getSubscription(await world.fresh(), id)])).get(id)
    expect([next?.amount, await takenOf()]).toEqual([4000, [3000, 500]])
  })

  test('does not change a plan by itself, and one that is to go is not kept by being named', async () => {
    await half({ preserve_on_plan_change: false })
    const alone = quote(plans.basic, { discount_codes: ['HALF'] })
    await expect(alone).rejects.toMatchObject({ code: 'INVALID_REQUEST_PARAMETERS' })
    await confirm((await quote(plans.basic, { quantity: 2, discount_codes: ['HALF'] })).quote_id)
    const named = quote(plans.pro, { discount_codes: ['HALF'] })
    await expect(named).rejects.toMatchObject({ code: 'DISCOUNT_ALREADY_USED_ON_SUBSCRIPTION' })
    expect((await quote(plans.pro)).discounts).toEqual([])
  })

  test('comes on top of one that stays', async () => {
    await half({ preserve_on_plan_change: true })
    await half({ code: 'AGAIN' })
    await confirm((await quote(plans.basic, { quantity: 2, discount_codes: ['HALF'] })).quote_id)
    const both = await quote(plans.pro, { discount_codes: [' again '] })
    expect(both.discounts.map(({ code }) => code)).toEqual(['HALF', 'AGAIN'])
    expect((await confirm(both.quote_id)).status).toBe('applied')
  })
})

test('the renewal that is told is the one that comes', async () => {
  const told = async (product_id: string, more: Partial<PlanChangeRequest> = {}) => {
    const { quote_id, next_billing_date, next_total, next_amount } = await quote(product_id, more)
    await confirm(quote_id)
    const subscription = await getSubscription(await world.fresh(), id)
    const next = (await readNextPayments(await world.fresh(), [subscription])).get(id)
    expect([next?.at, next?.total, next?.amount]).toEqual([next_billing_date, next_total, next_amount])
    return [next_total, next_amount]
  }
  await setSettings(await world.fresh(), { effective_at_on_downgrade: 'immediately' })
  const seats = [{ addon_id: plans.addon_id, quantity: 3 }]
  expect(await told(plans.pro, { addons: seats })).toEqual([11_000, 11_000])
  // Half of 110.00 less half of 20.00 are 45.00 of credit: they pay the 20.00.
  expect(await told(plans.starter)).toEqual([2000, 0])
  expect(await told(plans.yearly)).toEqual([80_000, 80_000])
  const gift = { amount: 700, currency: 'USD', entry_type: 'credit', reason: null, idempotency_key: null } as const
  await adjustWallet(await world.fresh(), customer_id, gift)
  await setSettings(await world.fresh(), { effective_at_on_downgrade: 'next_billing_date' })
  expect(await told(plans.basic)).toEqual([3000, 2300])
})
