// What a customer was shown is what happens, at the instant it was shown, or nothing happens.
import { beforeEach, describe, expect, test } from 'vitest'
import { setSettings } from '#core/businesses/set-settings.ts'
import { createCollection } from '#core/collections/create-collection.ts'
import { listPlanChoices } from '#core/collections/list-plan-choices.ts'
import type { PlanChangeRequest } from '#core/plan-changes/change-plan.ts'
import { confirmQuote } from '#core/quotes/confirm-quote.ts'
import { quoteChange } from '#core/quotes/quote-change.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import { setTaxRate } from '#core/tax/set-tax-rate.ts'
import { adjustWallet } from '#core/wallets/adjust-wallet.ts'
import { withActor } from '#src/context.ts'
import { cards } from '#test/support/buy.ts'
import { change, makePlans, type Plans, paid, subscribeTo } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { capturesOf, rowsOf, skipTo, stateOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

let world: World
let plans: Plans
let id: string
let customer_id: string

beforeEach(() => begin())

const begin = async (card: string = cards.good) => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  plans = await makePlans(world)
  await setSettings(await world.fresh(), { allow_subscription_updates: true })
  await offerTogether([plans.basic, plans.pro, plans.starter])
  id = await subscribeTo(world, plans.basic, { card })
  customer_id = (await getSubscription(await world.fresh(), id)).customer_id
  await world.advanceTo('2026-01-16T00:00:00Z')
}
const offerTogether = async (product_ids: string[]) =>
  createCollection(await world.fresh(), {
    name: 'Plans',
    groups: [{ group_name: null, items: product_ids.map((product_id) => ({ product_id })) }],
  })
const customer = async () => withActor(await world.fresh(), { type: 'customer', id: customer_id })
const quote = async (product_id: string, more: Partial<PlanChangeRequest> = {}) =>
  quoteChange(await customer(), id, { product_id, quantity: 1, addons: [], ...more })
const confirm = async (quote_id: string) => confirmQuote(await customer(), quote_id)
const minutesLater = (minutes: number) => world.advanceWall({ minutes })
const planOf = async () => (await getSubscription(await world.fresh(), id)).product_name
const OUTDATED = { code: 'QUOTE_OUTDATED', status: 409 }

test('confirmed 9 minutes later: as of the instant it was quoted, for exactly its total', async () => {
  const { quote_id, total, lines, decided_at, next_billing_date } = await quote(plans.pro)
  // Half of 80.00 less half of 30.00.
  expect([total, lines.map(({ description, amount }) => `${description} ${amount}`)]).toEqual([
    2500,
    ['Pro 4000', 'Basic -1500'],
  ])
  minutesLater(9)
  const made = await confirm(quote_id)
  expect([made.status, made.effective_at]).toEqual(['applied', decided_at])
  expect([await planOf(), await paid(world)]).toEqual(['Pro', ['01-01 30.00', '01-16 25.00']])
  expect((await getSubscription(await world.fresh(), id)).next_billing_date).toEqual(next_billing_date)
  expect(await brokenInvariants(world)).toEqual([])
})

test('confirmed by many at once and again later: one change, one charge', async () => {
  const { quote_id } = await quote(plans.pro)
  const made = await Promise.all(Array.from({ length: 8 }, () => confirm(quote_id)))
  minutesLater(30)
  made.push(await confirm(quote_id))
  expect(new Set(made.map(({ change_id }) => change_id)).size).toBe(1)
  expect(made.at(-1)?.status).toBe('applied')
  expect((await capturesOf(world)).map(({ amount }) => amount)).toEqual([3000, 2500])
  expect((await rowsOf(world, 'plan_changes')).length).toBe(1)
})

test('a cheaper plan is scheduled as the merchant has it, or gives credit where it happens at once', async () => {
  const scheduled = await quote(plans.starter)
  expect([scheduled.total, scheduled.effective_at]).toEqual([0, scheduled.next_billing_date])
  await setSettings(await world.fresh(), { effective_at_on_downgrade: 'immediately' })
  const now = await quote(plans.starter)
  // Half of 30.00 less half of 20.00.
  expect([now.total, now.credit_granted]).toEqual([0, 500])
  await confirm(now.quote_id)
  expect((await getSubscription(await world.fresh(), id)).credit_balance).toBe(500)
  await expect(confirm(scheduled.quote_id)).rejects.toMatchObject(OUTDATED)
})

test('a new period begins at the instant of the quote', async () => {
  await setSettings(await world.fresh(), { proration_billing_mode_on_upgrade: 'full_immediately' })
  const { quote_id, decided_at, next_billing_date, total } = await quote(plans.pro)
  expect([total, decided_at.until(next_billing_date).total('days')]).toEqual([8000, 30])
  minutesLater(5)
  await confirm(quote_id)
  const { previous_billing_date, ...changed } = await getSubscription(await world.fresh(), id)
  expect([previous_billing_date, changed.next_billing_date]).toEqual([decided_at, next_billing_date])
  expect(await brokenInvariants(world)).toEqual([])
})

describe('refused', () => {
  test('after 11 minutes of the wall, or of the business', async () => {
    const { quote_id } = await quote(plans.pro)
    minutesLater(11)
    await expect(confirm(quote_id)).rejects.toMatchObject({ code: 'QUOTE_EXPIRED', status: 409 })
    const later = await quote(plans.pro)
    await skipTo(world, '2026-01-17T00:00:00Z')
    await expect(confirm(later.quote_id)).rejects.toMatchObject({ code: 'QUOTE_EXPIRED' })
  })

  test('at the next billing date, however young it is', async () => {
    await world.advanceTo('2026-01-30T23:58:00Z')
    const { quote_id, created_at, expires_at } = await quote(plans.pro)
    expect(created_at.until(expires_at).total('minutes')).toBeLessThan(3)
    minutesLater(4)
    await expect(confirm(quote_id)).rejects.toMatchObject({ code: 'QUOTE_EXPIRED' })
  })

  test('after a price was edited, and fine again once it is what it was', async () => {
    const { quote_id } = await quote(plans.pro)
    const ctx = await world.fresh()
    const priced = (price: number) =>
      ctx.db
        .updateTable('products')
        .set({ price })
        .where('business_id', '=', world.business_id)
        .where('product_id', '=', plans.pro)
        .execute()
    await priced(9000)
    await expect(confirm(quote_id)).rejects.toMatchObject(OUTDATED)
    expect([await planOf(), (await capturesOf(world)).length]).toEqual(['Basic', 1])
    await priced(8000)
    expect((await confirm(quote_id)).status).toBe('applied')
  })

  test('after the tax was edited; quoted anew it is charged with its tax', async () => {
    const vat = { country: 'SE', region: null, tax_category: null, name: 'VAT' }
    const effective_from = Temporal.PlainDate.from('2026-01-01')
    await setTaxRate(await world.fresh(), { ...vat, rate: 20, effective_from })
    const { quote_id } = await quote(plans.pro)
    await setTaxRate(await world.fresh(), { ...vat, rate: 25, effective_from })
    await expect(confirm(quote_id)).rejects.toMatchObject(OUTDATED)
    // 40.00 and 10.00 of tax, less half of the 30.00 that were paid without any.
    const anew = await quote(plans.pro)
    expect([anew.total, anew.lines[0]?.tax]).toEqual([3500, 1000])
    await confirm(anew.quote_id)
    expect((await capturesOf(world)).map(({ amount }) => amount)).toEqual([3000, 3500])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('after another change, also one that was taken back', async () => {
    const { quote_id } = await quote(plans.pro)
    await change(world, id, plans.starter)
    await change(world, id, plans.basic)
    await expect(confirm(quote_id)).rejects.toMatchObject(OUTDATED)
  })

  test('after the wallet grew: what it pays was not in the quote', async () => {
    const { quote_id } = await quote(plans.pro)
    const gift = { currency: 'USD', amount: 1000, entry_type: 'credit', reason: null, idempotency_key: null } as const
    await adjustWallet(await world.fresh(), customer_id, gift)
    await expect(confirm(quote_id)).rejects.toMatchObject(OUTDATED)
    const anew = await quote(plans.pro)
    expect([anew.charge, anew.total]).toEqual([2500, 1500])
    await confirm(anew.quote_id)
    expect((await capturesOf(world)).map(({ amount }) => amount)).toEqual([3000, 1500])
    expect(await brokenInvariants(world)).toEqual([])
  })
})

test('declined: the change has failed, confirmed again it still has, and a new quote may be made', async () => {
  await begin(cards.failsLater)
  const { quote_id } = await quote(plans.pro)
  expect((await confirm(quote_id)).status).toBe('failed')
  expect((await confirm(quote_id)).status).toBe('failed')
  expect([await planOf(), await stateOf(world, id)]).toEqual(['Basic', 'active until 2026-01-31'])
  expect((await quote(plans.pro)).total).toBeGreaterThan(0)
})

describe('a customer', () => {
  test('may change only where the business allows it, and only to what is offered beside their plan', async () => {
    const field = { code: 'INVALID_REQUEST_PARAMETERS' }
    await expect(quote(plans.yearly)).rejects.toMatchObject(field)
    await setSettings(await world.fresh(), { allow_subscription_updates: false })
    await expect(quote(plans.pro)).rejects.toMatchObject({ code: 'PLAN_CHANGE_FOR_CUSTOMER_PORTAL_DISABLED' })
  })

  test('is not offered what is disabled or archived', async () => {
    const offered = async () =>
      (await listPlanChoices(await world.fresh(), plans.basic)).map(({ product_id }) => product_id)
    expect(await offered()).toEqual([plans.basic, plans.pro, plans.starter])
    const ctx = await world.fresh()
    const items = ctx.db.updateTable('product_collection_items').where('business_id', '=', world.business_id)
    await items.set({ enabled: false }).where('product_id', '=', plans.pro).execute()
    const products = ctx.db.updateTable('products').where('business_id', '=', world.business_id)
    await products.set({ archived_at: ctx.clock.now() }).where('product_id', '=', plans.starter).execute()
    expect(await offered()).toEqual([plans.basic])
    expect(await listPlanChoices(ctx, plans.yearly)).toEqual([])
  })

  test('is always billed, and never given more than was paid', async () => {
    await expect(quote(plans.pro, { proration_billing_mode: 'do_not_bill' })).rejects.toMatchObject({
      code: 'DO_NOT_BILL_NOT_ALLOWED_IN_CUSTOMER_PORTAL',
    })
    await setSettings(await world.fresh(), { proration_billing_mode_on_upgrade: 'do_not_bill' })
    await expect(quote(plans.pro)).rejects.toMatchObject({ code: 'DO_NOT_BILL_NOT_ALLOWED_IN_CUSTOMER_PORTAL' })
    await setSettings(await world.fresh(), {
      effective_at_on_downgrade: 'immediately',
      proration_billing_mode_on_downgrade: 'difference_immediately',
    })
    // By difference it would be 10.00.
    expect((await quote(plans.starter)).credit_granted).toBe(500)
  })

  test('sees nothing of what belongs to another', async () => {
    const { quote_id } = await quote(plans.pro)
    await confirm(quote_id)
    const other = withActor(await world.fresh(), { type: 'customer', id: 'cus_other' })
    await expect(confirmQuote(other, quote_id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const wish = { product_id: plans.starter, quantity: 1, addons: [] }
    await expect(quoteChange(other, id, wish)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

test('the collection decides before the business how its plans change', async () => {
  const ctx = await world.fresh()
  await ctx.db
    .updateTable('product_collections')
    .set({ proration_billing_mode_on_upgrade: 'difference_immediately', on_payment_failure: 'apply_change' })
    .where('business_id', '=', world.business_id)
    .execute()
  // 80.00 less 30.00, whatever the day; the business alone would prorate it to 25.00.
  const { quote_id, total } = await quote(plans.pro)
  expect(total).toBe(5000)
  expect((await confirm(quote_id)).on_payment_failure).toBe('apply_change')
})
