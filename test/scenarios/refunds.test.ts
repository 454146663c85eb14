// Refunds on request: the whole, a part, a line; what they change and what they leave alone.
import DodoPayments from 'dodopayments'
import { beforeEach, describe, expect, test } from 'vitest'
import { createAddon } from '#core/catalog/create-addon.ts'
import { createProduct } from '#core/catalog/create-product.ts'
import { createRefund, type RefundRequest } from '#core/refunds/create-refund.ts'
import { readPeriodValues } from '#core/subscriptions/period-values.ts'
import type { RefundOutcome } from '#processors/processor.ts'
import { buy, download, payCheckout, plan } from '#test/support/buy.ts'
import { offer } from '#test/support/everyday.ts'
import { change, makePlans, paid, subscribeTo } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { capturesOf, rowsOf, stateOf, withProcessor } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

let world: World

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
})

const payments = async () => (await rowsOf(world, 'payments')).map(({ payment_id }) => payment_id)
const refunded = async () => (await capturesOf(world)).map(({ refunded_amount }) => refunded_amount)
const worth = async (subscription_id: string) =>
  (await readPeriodValues(await world.fresh(), subscription_id)).map(({ gross }) => gross)

async function refund(payment_id: string | undefined, more: Partial<RefundRequest> = {}) {
  const request = { payment_id: payment_id ?? '', items: null, reason: null, metadata: {}, ...more }
  return createRefund(await world.fresh(), request)
}

const part = (item_id: string, amount: number | null = null) => ({
  items: [{ item_id, amount, tax_inclusive: true }],
})

/** The plan of 30.00 with two seats of 10.00. */
async function withSeats() {
  const ctx = await world.fresh()
  const { addon_id } = await createAddon(ctx, { name: 'Seat', price: 1000, currency: 'USD', tax_category: 'saas' })
  const { product_id } = await createProduct(ctx, { ...plan(), addons: [addon_id] })
  const { checkout_id } = await offer(world, product_id, {}, [{ addon_id, quantity: 2 }])
  await payCheckout(world, checkout_id)
  const [subscription] = await rowsOf(world, 'subscriptions')
  return { product_id, addon_id, subscription_id: subscription?.subscription_id ?? '' }
}

describe('a subscription’s payment', () => {
  test('goes back whole: the plan, its date and its keys stay, and its period is worth nothing any more', async () => {
    const { subscription_id } = await buy(world, plan({}, { license_key_enabled: true }))
    const [payment_id] = await payments()
    expect(await refund(payment_id)).toMatchObject({ status: 'succeeded', amount: 3000 })
    expect(await refunded()).toEqual([3000])
    expect(await stateOf(world, subscription_id)).toBe('active until 2026-02-01')
    expect((await rowsOf(world, 'license_keys')).map(({ status }) => status)).toEqual(['active'])
    expect(await worth(subscription_id)).toEqual([0])
    await expect(refund(payment_id)).rejects.toMatchObject({ code: 'PAYMENT_ALREADY_REFUNDED' })
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('line by line, down to nothing: 5.00 of the plan, the seats, and then what is left', async () => {
    const { product_id, addon_id, subscription_id } = await withSeats()
    const [payment_id] = await payments()
    await refund(payment_id, part(product_id, 500))
    expect(await worth(subscription_id)).toEqual([2500, 2000])
    await refund(payment_id, part(addon_id))
    expect(await worth(subscription_id)).toEqual([2500, 0])
    await expect(refund(payment_id, part(addon_id))).rejects.toMatchObject({ code: 'LINE_ITEM_FULLY_REFUNDED' })
    await expect(refund(payment_id, part(product_id, 2501))).rejects.toMatchObject({
      code: 'LINE_ITEM_REFUND_AMOUNT_TOO_HIGH',
    })
    expect((await refund(payment_id)).amount).toBe(2500)
    expect(await refunded()).toEqual([5000])
    expect((await rowsOf(world, 'refund_lines')).map(({ amount }) => amount).sort()).toEqual([2000, 2500, 500])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('lowers what a change of plan gives back: 30.00 less 10.00, half of it left, is 10.00 and not 15.00', async () => {
    const plans = await makePlans(world)
    const subscription_id = await subscribeTo(world, plans.basic)
    const [payment_id] = await payments()
    await refund(payment_id, part(plans.basic, 1000))
    await world.advanceTo('2026-01-16T00:00:00Z')
    await change(world, subscription_id, plans.pro)
    // 80.00 × ½ − 20.00 × ½
    expect(await paid(world)).toEqual(['01-01 30.00', '01-16 30.00'])
    // 30.00 − 10.00 refunded − 10.00 credited
    expect((await refund(payment_id)).amount).toBe(1000)
    expect(await worth(subscription_id)).toEqual([8000])
    expect(await brokenInvariants(world)).toEqual([])
  })
})

describe('a change of plan', () => {
  test('its prorated line goes back only with the whole payment, which was 25.00 for half of 80.00', async () => {
    const plans = await makePlans(world)
    const subscription_id = await subscribeTo(world, plans.basic)
    await world.advanceTo('2026-01-16T00:00:00Z')
    await change(world, subscription_id, plans.pro)
    const [first, second] = await payments()
    await expect(refund(second, part(plans.pro))).rejects.toMatchObject({ code: 'LINE_ITEM_PRORATED' })
    expect((await refund(second)).amount).toBe(2500)
    // 80.00 − 25.00 ÷ ½: of the half that is left, 15.00 came from the first payment's credit.
    expect(await worth(subscription_id)).toEqual([3000])
    // 30.00 − 15.00 credited
    expect((await refund(first)).amount).toBe(1500)
    expect(await worth(subscription_id)).toEqual([3000])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('what it gave back as credit cannot be refunded: of 80.00, 40.00 became credit and 10.00 of that Starter', async () => {
    const plans = await makePlans(world)
    const subscription_id = await subscribeTo(world, plans.pro)
    await world.advanceTo('2026-01-16T00:00:00Z')
    await change(world, subscription_id, plans.starter)
    const [payment_id] = await payments()
    expect((await refund(payment_id)).amount).toBe(4000)
    expect(await worth(subscription_id)).toEqual([2000])
    expect(await refunded()).toEqual([4000])
    // What credit pays afterwards is not refundable at all.
    await world.advanceTo('2026-01-31T01:00:00Z')
    await expect(refund((await payments())[1])).rejects.toMatchObject({
      code: 'ZERO_AMOUNT_PAYMENT_REFUND_NOT_ALLOWED',
    })
    expect(await brokenInvariants(world)).toEqual([])
  })
})

describe('what was bought once', () => {
  test('keeps its keys through a partial refund and loses them with the last of it', async () => {
    const { product_id } = await buy(world, download(4900, { license_key_enabled: true }))
    const [payment_id] = await payments()
    const keys = async () => (await rowsOf(world, 'license_keys')).map(({ status }) => status)
    await refund(payment_id, part(product_id, 900))
    expect(await keys()).toEqual(['active'])
    await refund(payment_id)
    expect(await keys()).toEqual(['disabled'])
    expect(await refunded()).toEqual([4900])
  })
})

describe('limits', () => {
  test('hold when many ask at once: one is made, the others are told to wait or that nothing is left', async () => {
    const { product_id } = await buy(world)
    const [payment_id] = await payments()
    const asked = await Promise.allSettled(Array.from({ length: 6 }, () => refund(payment_id, part(product_id, 2000))))
    const made = asked.filter(({ status }) => status === 'fulfilled')
    expect(made.length).toBe(1)
    for (const answer of asked) {
      if (answer.status === 'fulfilled') continue
      expect(['EXISTING_REFUND_REQUEST_PROCESSING', 'LINE_ITEM_REFUND_AMOUNT_TOO_HIGH']).toContain(answer.reason.code)
    }
    expect(await refunded()).toEqual([2000])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('hold when the SDK sends a request again whose answer got lost: it is the same refund', async () => {
    const { product_id } = await buy(world)
    const [payment_id = ''] = await payments()
    let lost = 0
    const client = new DodoPayments({
      bearerToken: world.api_key,
      baseURL: world.urls.api(),
      maxRetries: 1,
      fetch: async (to, init) => {
        const answer = await world.app.request(to as string, init as RequestInit)
        lost += 1
        return lost === 1 ? new Response(null, { status: 502, headers: { 'retry-after-ms': '1' } }) : answer
      },
    })
    const items = [{ item_id: product_id, amount: 1000 }]
    const made = await client.refunds.create({ payment_id, items })
    expect([lost, made.amount, await refunded()]).toEqual([2, 1000, [1000]])
    // Asked for once more, it is another one.
    expect((await client.refunds.create({ payment_id, items })).refund_id).not.toBe(made.refund_id)
    expect(await refunded()).toEqual([2000])
  })

  test('a payment that did not succeed, or is not there', async () => {
    await expect(refund('pay_none')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const { subscription_id } = await buy(world, plan(), { card: '4000000000000341' })
    await world.advanceTo('2026-02-01T01:00:00Z')
    expect(await stateOf(world, subscription_id)).toContain('on_hold')
    await expect(refund((await payments())[1])).rejects.toMatchObject({ code: 'PAYMENT_NOT_SUCCEEDED' })
  })
})

describe('a refund the processor', () => {
  const answering = async (outcome: RefundOutcome) =>
    withProcessor(world, () => ({ refund: () => Promise.resolve(outcome) }))

  test('refuses counts no longer, and may be asked for again', async () => {
    const { subscription_id } = await buy(world)
    const [payment_id = ''] = await payments()
    const ctx = await answering({ status: 'declined', reference: null, message: 'too old' })
    const request = { payment_id, items: null, reason: null, metadata: {} }
    expect(await createRefund(ctx, request)).toMatchObject({ status: 'failed', error_message: 'too old' })
    expect(await worth(subscription_id)).toEqual([3000])
    expect((await rowsOf(world, 'events')).map(({ type }) => type)).toContain('refund.failed')
    expect((await refund(payment_id)).status).toBe('succeeded')
    expect(await refunded()).toEqual([3000])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('leaves undecided counts, stops a second one, and is asked about until it is decided', async () => {
    const { subscription_id } = await buy(world)
    const [payment_id = ''] = await payments()
    const ctx = await answering({ status: 'unknown', reason: 'away' })
    expect((await createRefund(ctx, { payment_id, items: null, reason: null, metadata: {} })).status).toBe('pending')
    expect(await worth(subscription_id)).toEqual([0])
    await expect(refund(payment_id)).rejects.toMatchObject({ code: 'EXISTING_REFUND_REQUEST_PROCESSING' })
    world.advanceWall({ minutes: 1 })
    await world.work()
    expect((await rowsOf(world, 'refunds')).map(({ status }) => status)).toEqual(['succeeded'])
    expect(await refunded()).toEqual([3000])
    expect(await brokenInvariants(world)).toEqual([])
  })
})
