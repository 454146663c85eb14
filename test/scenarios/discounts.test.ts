// Discount codes: what they take at the checkout, at renewals and in changes of plan, how long they last, and how often they can be redeemed.
import { beforeEach, describe, expect, test } from 'vitest'
import { beginPayment } from '#core/checkout/begin-payment.ts'
import { closeEarlierAttempt } from '#core/checkout/close-earlier-attempt.ts'
import { createCheckout } from '#core/checkout/create-checkout.ts'
import { createCustomer } from '#core/customers/create-customer.ts'
import { createDiscount, type NewDiscount } from '#core/discounts/create-discount.ts'
import { deleteDiscount } from '#core/discounts/delete-discount.ts'
import { addDiscountCustomers } from '#core/discounts/discount-customers.ts'
import { updateDiscount } from '#core/discounts/update-discount.ts'
import { findInvoice } from '#core/invoices/queries.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import { cards, download, payCheckout, plan } from '#test/support/buy.ts'
import { change, makePlans, type Plans, paid } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { checkoutOf, rowsOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()
let world: World

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
})

/** 50 % off for ever, unless told otherwise. */
async function code(name: string, fields: Partial<NewDiscount> = {}) {
  const nothing = { name: null, usage_limit: null, per_customer_usage_limit: null, subscription_cycles: null }
  const always = { starts_at: null, expires_at: null, preserve_on_plan_change: false, metadata: {} }
  return createDiscount(await world.fresh(), {
    ...{ ...nothing, ...always, code: name, type: 'percentage', amount: 5000, customer_eligibility: 'any' },
    ...{ restricted_to: [], currency_options: [], ...fields },
  })
}
const flat = (amount: number): Partial<NewDiscount> => ({
  type: 'flat',
  amount: 1,
  currency_options: [{ currency: 'USD', is_default: true, minimum_subtotal: 0, max_amount_possible: amount }],
})

const thirtyDays = { payment_frequency_count: 30, payment_frequency_interval: 'Day' } as const
const monthly = (trial_period_days = 0) => plan({ ...thirtyDays, price: 3000, trial_period_days })

async function subscribe(product_id: string, codes: string[], email = 'mara@northwind.example') {
  const cart = [{ product_id, quantity: 1, addons: [], amount: null }]
  const { checkout_id } = await createCheckout(await world.fresh(), { product_cart: cart, discount_codes: codes })
  await payCheckout(world, checkout_id, { email })
  const row = (await rowsOf(world, 'checkout_sessions')).find((each) => each.checkout_id === checkout_id)
  return row?.subscription_id ?? ''
}
const used = async () => (await rowsOf(world, 'discounts')).map(({ code, times_used }) => [code, times_used])
const left = async (subscription_id: string) =>
  (await getSubscription(await world.fresh(), subscription_id)).discounts.map(({ code, cycles_remaining }) => [
    code,
    cycles_remaining,
  ])

describe('at the checkout and at renewals', () => {
  test('50 % for two periods: 15.00, 15.00, then 30.00; the invoice names the code', async () => {
    await code('half', { subscription_cycles: 2 })
    const { checkout_id } = await checkoutOf(world, [{ product: monthly() }], { discount_codes: ['Half'] })
    await payCheckout(world, checkout_id)
    const id = (await rowsOf(world, 'subscriptions'))[0]?.subscription_id ?? ''
    expect(await left(id)).toEqual([['HALF', 1]])
    await world.advanceTo('2026-03-05T00:00:00Z')
    expect(await paid(world)).toEqual(['01-01 15.00', '01-31 15.00', '03-02 30.00'])
    expect(await left(id)).toEqual([])
    const [first] = await rowsOf(world, 'payments')
    expect((await findInvoice(await world.fresh(), first?.payment_id ?? ''))?.document).toMatchObject({
      total: 1500,
      discounts: [{ code: 'HALF', amount: 1500 }],
      lines: [{ unit_price: 3000, discount: 1500, amount: 1500 }],
    })
    expect(await used()).toEqual([['HALF', 1]])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('stacked in their order: 30.00 less 50 % less 4.00 flat is 11.00; the other way round 13.00', async () => {
    await code('HALF')
    await code('FOUR', flat(400))
    await checkoutAndPay(monthly(), ['HALF', 'FOUR'])
    await checkoutAndPay(monthly(), ['FOUR', 'HALF'], 'noor@northwind.example')
    expect(await paid(world)).toEqual(['01-01 11.00', '01-01 13.00'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('a free trial uses no period of it', async () => {
    await code('ONCE', { subscription_cycles: 1 })
    await checkoutAndPay(monthly(14), ['ONCE'])
    const id = (await rowsOf(world, 'subscriptions'))[0]?.subscription_id ?? ''
    expect(await left(id)).toEqual([['ONCE', 1]])
    await world.advanceTo('2026-02-20T00:00:00Z')
    expect(await paid(world)).toEqual(['01-15 15.00', '02-14 30.00'])
    expect(await used()).toEqual([['ONCE', 1]])
  })

  test('what is declined uses no period; paid later it does', async () => {
    await code('TWICE', { subscription_cycles: 2 })
    await checkoutAndPay(monthly(), ['TWICE'], 'mara@northwind.example', cards.failsLater)
    const id = (await rowsOf(world, 'subscriptions'))[0]?.subscription_id ?? ''
    await world.advanceTo('2026-02-01T00:00:00Z')
    expect(await left(id)).toEqual([['TWICE', 1]])
  })

  test('only what it is restricted to, add-ons with it; what is bought once keeps none', async () => {
    const { product_id } = (await checkoutOf(world, [{ product: monthly() }])).product_cart[0] ?? { product_id: '' }
    await code('PLAN', { restricted_to: [product_id] })
    const refused = checkoutOf(world, [{ product: download(1000) }], { discount_codes: ['PLAN'] })
    await expect(refused).rejects.toMatchObject({ code: 'DISCOUNT_NOT_AVAILABLE_FOR_PRODUCT' })
    await subscribe(product_id, ['PLAN'])
    expect(await paid(world)).toEqual(['01-01 15.00'])
  })

  test('nothing left to pay: no processor is asked, and there is an invoice of 0', async () => {
    await code('ALL', { amount: 10_000, subscription_cycles: 1 })
    await checkoutAndPay(download(1000), ['ALL'])
    expect((await rowsOf(world, 'payments')).map(({ total_amount, processor }) => [total_amount, processor])).toEqual([
      [0, null],
    ])
    expect((await rowsOf(world, 'invoices')).length).toBe(1)
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('who has it keeps its terms when it is changed, has ended or is deleted', async () => {
    const { discount_id } = await code('HALF', { expires_at: Temporal.Instant.from('2026-01-15T00:00:00Z') })
    await checkoutAndPay(monthly(), ['HALF'])
    await updateDiscount(await world.fresh(), discount_id, { amount: 1000 })
    await world.advanceTo('2026-02-01T00:00:00Z')
    const late = checkoutOf(world, [{ product: monthly() }], { discount_codes: ['HALF'] })
    await expect(late).rejects.toMatchObject({ code: 'DISCOUNT_CODE_EXPIRED' })
    await deleteDiscount(await world.fresh(), discount_id)
    await world.advanceTo('2026-03-05T00:00:00Z')
    expect(await paid(world)).toEqual(['01-01 15.00', '01-31 15.00', '03-02 15.00'])
  })
})

describe('who may redeem it, and when', () => {
  const refusal = async (codes: string[], fields = {}) =>
    checkoutOf(world, [{ product: monthly() }], { discount_codes: codes, ...fields }).then(
      () => 'accepted',
      (error: { code: string }) => error.code,
    )

  test('an unknown code, one named twice, one that has not begun, one for larger orders, one of another currency', async () => {
    await code('HALF')
    await code('LATER', { starts_at: Temporal.Instant.from('2026-06-01T00:00:00Z') })
    const option = { is_default: true, max_amount_possible: null, minimum_subtotal: 3001 }
    await code('LARGE', { currency_options: [{ ...option, currency: 'USD' }] })
    await code('EURO', { currency_options: [{ ...option, currency: 'EUR' }] })
    expect(await refusal(['NOPE'])).toBe('INVALID_DISCOUNT_CODE')
    expect(await refusal(['HALF', 'half'])).toBe('INVALID_DISCOUNT_CODE')
    expect(await refusal(['LATER'])).toBe('DISCOUNT_NOT_YET_ACTIVE')
    expect(await refusal(['LARGE'])).toBe('DISCOUNT_MINIMUM_SUBTOTAL_NOT_MET')
    expect(await refusal(['EURO'])).toBe('DISCOUNT_CURRENCY_OPTION_INVALID')
  })

  test('specific customers, those who bought before, and those who did not', async () => {
    const ctx = await world.fresh()
    const mara = await createCustomer(ctx, { email: 'mara@northwind.example', name: 'Mara' })
    const noor = await createCustomer(ctx, { email: 'noor@northwind.example', name: 'Noor' })
    const { discount_id } = await code('HERS', { customer_eligibility: 'specific' })
    await code('FIRST', { customer_eligibility: 'first_time' })
    await code('AGAIN', { customer_eligibility: 'existing' })
    await addDiscountCustomers(ctx, discount_id, [mara.customer_id])
    const as = (customer_id: string) => ({ customer: { customer_id } })
    expect(await refusal(['HERS'], as(mara.customer_id))).toBe('accepted')
    expect(await refusal(['HERS'], as(noor.customer_id))).toBe('DISCOUNT_CUSTOMER_NOT_ELIGIBLE')
    expect(await refusal(['AGAIN'], as(mara.customer_id))).toBe('DISCOUNT_CUSTOMER_NOT_ELIGIBLE')
    await checkoutAndPay(download(1000), ['FIRST'])
    expect(await refusal(['AGAIN'], as(mara.customer_id))).toBe('accepted')
    expect(await refusal(['FIRST'], as(mara.customer_id))).toBe('DISCOUNT_CUSTOMER_NOT_ELIGIBLE')
  })

  test('each customer once: an open page holds it, one that is closed unpaid gives it back, a paid one does not', async () => {
    await code('EACH', { per_customer_usage_limit: 1 })
    const { checkout_id } = await checkoutOf(world, [{ product: download(1000) }], { discount_codes: ['EACH'] })
    await payCheckout(world, checkout_id, { card: cards.declined })
    expect(await used()).toEqual([['EACH', 1]])
    await closeEarlierAttempt(await world.fresh(), checkout_id)
    expect(await used()).toEqual([['EACH', 0]])
    await payCheckout(world, checkout_id)
    expect(await used()).toEqual([['EACH', 1]])
    const again = await checkoutOf(world, [{ product: download(1000) }], { discount_codes: ['EACH'] })
    const buyer = { email: 'mara@northwind.example', name: 'Mara', phone_number: null, locale: 'en' }
    const billing = { country: 'SE', state: null, city: null, street: null, zipcode: null }
    const pressed = beginPayment(await world.fresh(), again.checkout_id, { ...buyer, billing })
    await expect(pressed).rejects.toMatchObject({ code: 'DISCOUNT_PER_CUSTOMER_USAGE_LIMIT_EXCEEDED' })
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('fifty buyers at once, five redemptions: five pay half, the others are told', async () => {
    await code('FIVE', { usage_limit: 5 })
    const { product_cart } = await checkoutOf(world, [{ product: download(1000) }])
    const ctx = await world.fresh()
    const checkouts = await Promise.all(
      Array.from({ length: 50 }, () => createCheckout(ctx, { product_cart, discount_codes: ['FIVE'] })),
    )
    const billing = { country: 'SE', state: null, city: null, street: null, zipcode: null }
    const pressed = await Promise.allSettled(
      checkouts.map(({ checkout_id }, at) => {
        const buyer = { email: `buyer${at}@northwind.example`, name: 'Buyer', phone_number: null, locale: 'en' }
        return beginPayment(ctx, checkout_id, { ...buyer, billing })
      }),
    )
    const told = pressed.flatMap((each) => (each.status === 'rejected' ? [each.reason.code] : []))
    expect(told).toEqual(Array.from({ length: 45 }, () => 'DISCOUNT_CODE_USAGE_LIMIT_EXCEEDED'))
    expect(await used()).toEqual([['FIVE', 5]])
    expect((await rowsOf(world, 'payments')).map(({ total_amount }) => total_amount)).toEqual(Array(5).fill(500))
    expect(await brokenInvariants(world)).toEqual([])
  })
})

describe('a change of plan half way, Basic 30.00 to Pro 80.00', () => {
  let plans: Plans
  beforeEach(async () => {
    plans = await makePlans(world)
  })
  const halfWay = async (codes: string[]) => {
    const id = await subscribe(plans.basic, codes)
    await world.advanceTo('2026-01-16T00:00:00Z')
    return id
  }

  test('one that stays: 40.00 less half, less half of 15.00 is 12.50, then 40.00; no period is used by it', async () => {
    await code('HALF', { preserve_on_plan_change: true, subscription_cycles: 3 })
    const id = await halfWay(['HALF'])
    await change(world, id, plans.pro)
    expect(await left(id)).toEqual([['HALF', 2]])
    await world.advanceTo('2026-02-01T00:00:00Z')
    expect(await paid(world)).toEqual(['01-01 15.00', '01-16 12.50', '01-31 40.00'])
    expect(await left(id)).toEqual([['HALF', 1]])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('one that does not: 40.00 less half of the 15.00 that were paid is 32.50, then 80.00', async () => {
    await code('HALF')
    const id = await halfWay(['HALF'])
    await change(world, id, plans.pro)
    await world.advanceTo('2026-02-01T00:00:00Z')
    expect(await paid(world)).toEqual(['01-01 15.00', '01-16 32.50', '01-31 80.00'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('a flat one of 10.00 for half a period is 5.00: 40.00 − 5.00 − 15.00 = 20.00, then 70.00', async () => {
    await code('TEN', flat(1000))
    const id = await halfWay([])
    await change(world, id, plans.pro, { discount_codes: ['TEN'] })
    await world.advanceTo('2026-02-01T00:00:00Z')
    expect(await paid(world)).toEqual(['01-01 30.00', '01-16 20.00', '01-31 70.00'])
    expect(await used()).toEqual([['TEN', 1]])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('a whole new period uses one, whatever it costs; and once for a subscription', async () => {
    await code('ONCE', { subscription_cycles: 1 })
    const id = await halfWay([])
    const full = { proration_billing_mode: 'full_immediately' as const, discount_codes: ['ONCE'] }
    await change(world, id, plans.pro, full)
    expect(await paid(world)).toEqual(['01-01 30.00', '01-16 40.00'])
    expect(await left(id)).toEqual([])
    const again = change(world, id, plans.starter, full)
    await expect(again).rejects.toMatchObject({ code: 'DISCOUNT_ALREADY_USED_ON_SUBSCRIPTION' })
  })

  test('a declined change gives the redemption back and leaves the discounts as they were', async () => {
    await code('HALF')
    await code('TEN', { ...flat(1000), usage_limit: 1 })
    const cart = [{ product_id: plans.basic, quantity: 1, addons: [], amount: null }]
    const checkout = await createCheckout(await world.fresh(), { product_cart: cart, discount_codes: ['HALF'] })
    await payCheckout(world, checkout.checkout_id, { card: cards.failsLater })
    const id = (await rowsOf(world, 'subscriptions'))[0]?.subscription_id ?? ''
    await world.advanceTo('2026-01-16T00:00:00Z')
    expect((await change(world, id, plans.pro, { discount_codes: ['TEN'] })).status).toBe('failed')
    expect(await left(id)).toEqual([['HALF', null]])
    expect((await used()).sort()).toEqual([
      ['HALF', 1],
      ['TEN', 0],
    ])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('scheduled: at the discounts named then; the same plan with other discounts is a change', async () => {
    await code('HALF')
    const id = await halfWay([])
    const later = { effective_at: 'next_billing_date', proration_billing_mode: undefined } as const
    await change(world, id, plans.basic, { ...later, discount_codes: ['HALF'] })
    await world.advanceTo('2026-02-01T00:00:00Z')
    expect(await paid(world)).toEqual(['01-01 30.00', '01-31 15.00'])
    const same = change(world, id, plans.basic, { discount_codes: ['HALF'] })
    await expect(same).rejects.toMatchObject({ code: 'INVALID_REQUEST_PARAMETERS' })
    await change(world, id, plans.basic, { ...later, discount_codes: [] })
    await world.advanceTo('2026-03-05T00:00:00Z')
    expect((await paid(world)).at(-1)).toBe('03-02 30.00')
    expect(await brokenInvariants(world)).toEqual([])
  })
})

async function checkoutAndPay(product: ReturnType<typeof plan>, codes: string[], email?: string, card?: string) {
  const { checkout_id } = await checkoutOf(world, [{ product }], { discount_codes: codes })
  await payCheckout(world, checkout_id, { ...(email ? { email } : {}), ...(card ? { card } : {}) })
}
