import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureDemo } from '#cli/demo/ensure-demo.ts'
import { type DemoPlaces, findPlaces } from '#cli/demo/places.ts'
import { greet } from '#cli/greet.ts'
import { findCaller } from '#core/api-keys/find-caller.ts'
import { createBusiness } from '#core/businesses/create-business.ts'
import { getBusinessCtx } from '#core/businesses/queries.ts'
import { listHeldCredits } from '#core/credit-entitlements/held-credits.ts'
import { listCustomers } from '#core/customers/queries.ts'
import { findInvoice } from '#core/invoices/queries.ts'
import { listCustomerKeys } from '#core/licenses/customer-keys.ts'
import { listLicenseKeys } from '#core/licenses/queries.ts'
import { listPayments } from '#core/payments/queries.ts'
import { consumeLink } from '#core/sessions/consume-link.ts'
import { listPeriods, listSubscriptions } from '#core/subscriptions/queries.ts'
import { listBusinesses } from '#core/unscoped/across-businesses.ts'
import type { Demo } from '#core/unscoped/find-demos.ts'
import { findDemos } from '#core/unscoped/find-demos.ts'
import { listBilledUsage } from '#core/usage/billed-usage.ts'
import { readRunningUsage } from '#core/usage/running-usage.ts'
import { listWallets } from '#core/wallets/queries.ts'
import type { BusinessCtx } from '#src/context.ts'
import type { ModeRuntime } from '#src/modes.ts'
import { quietLog } from '#test/support/server-commands.ts'
import { createOperatorWorld, type OperatorWorld } from './operator-world.ts'

const PAGE = { page_number: 0, page_size: 100 }

describe('the demo', () => {
  let world: OperatorWorld
  let demo: Demo
  let ctx: BusinessCtx
  beforeAll(async () => {
    world = await createOperatorWorld()
    const [first, second] = await Promise.all([
      ensureDemo(world.modes.test, 'where there is none'),
      ensureDemo(world.modes.test, 'where there is none'),
    ])
    expect(second).toEqual(first)
    demo = first
    ctx = await getBusinessCtx(world.modes.test.ctx, demo.business_id)
  })
  afterAll(() => world.close())

  const subscriptionOf = async (index: number) => {
    const all = await listSubscriptions(ctx, { customer_id: demo.customer_ids[index] ?? '' }, PAGE)
    return all.at(-1)
  }
  const paymentsOf = (index: number) => listPayments(ctx, { customer_id: demo.customer_ids[index] ?? '' }, PAGE)

  it('is one, however many start at once, and lives in the present', async () => {
    expect((await listBusinesses(ctx)).map(({ name }) => name).sort()).toEqual(['Almquill', 'Kittiwake Press'])
    expect(Math.abs(ctx.clock.now().since(ctx.wall.now()).total('minutes'))).toBeLessThan(2)
    expect(demo.customer_ids).toHaveLength(6)
    const names = (await listCustomers(ctx, {}, PAGE)).map(({ name }) => name)
    expect(names).toEqual(
      expect.arrayContaining([expect.stringMatching(/\p{Script=Arabic}/u), expect.stringMatching(/\p{Script=Han}/u)]),
    )
  })

  it('has a customer with a year of monthly payments, each for its own period, each with its invoice', async () => {
    const subscription = await subscriptionOf(0)
    expect(subscription).toMatchObject({
      status: 'active',
      cancel_at_next_billing_date: false,
      recurring_pre_tax_amount: 5200,
    })
    expect(subscription?.addons).toHaveLength(2)
    const payments = (await paymentsOf(0)).filter(
      ({ subscription_id }) => subscription_id === subscription?.subscription_id,
    )
    expect(payments.map(({ status, total_amount }) => [status, total_amount])).toEqual(
      Array(12).fill(['succeeded', 5200]),
    )
    const periods = await listPeriods(ctx, subscription?.subscription_id ?? '')
    expect(periods).toHaveLength(12)
    expect(periods.slice(1).map(({ period_start }) => String(period_start))).toEqual(
      periods.slice(0, -1).map(({ period_end }) => String(period_end)),
    )
    for (const { payment_id, created_at } of payments) {
      const invoice = await findInvoice(ctx, payment_id)
      expect(invoice?.document.issued_at.slice(0, 10)).toBe(String(created_at).slice(0, 10))
    }
  })

  it('has a customer who uses things: devices, frames above what is included, a wallet, credits', async () => {
    const customer_id = demo.customer_ids[0] ?? ''
    const [key] = await listCustomerKeys(ctx, customer_id, {}, PAGE)
    expect(key).toMatchObject({ status: 'active', instances_count: 2, activations_limit: 2 })
    const [cloud] = await listSubscriptions(ctx, { customer_id }, PAGE)
    const [billed] = await listBilledUsage(ctx, cloud?.subscription_id ?? '', PAGE)
    // 2480 frames, 1000 of them included, at 0.8 cents: 1480 × 0.8 = 1184
    expect(billed?.meters).toMatchObject([{ units: '2480', chargeable_units: '1480', amount: 1184 }])
    expect(billed?.meters[0]?.invoice?.number).toMatch(/^ALM-/)
    const running = cloud && (await readRunningUsage(ctx, cloud))
    // 180 + 240 + 95 + 320 + 60 + 410 + 150 + 75 = 1530
    expect(running?.meters).toMatchObject([{ units: '1530', chargeable_units: '530', amount: 424 }])
    const used = running?.meters[0]?.series.points.filter(({ units }) => units !== null)
    expect(used?.map(({ units }) => units).reverse()).toEqual(['180', '240', '95', '320', '60', '410', '150', '75'])
    expect((await listWallets(ctx, customer_id)).map(({ balance }) => balance)).toEqual([1500])
    expect(await listHeldCredits(ctx, customer_id)).toMatchObject([{ balance: '40', unit: 'images' }])
  })

  it('has a second business, at which one of its customers pays too', async () => {
    const businesses = await listBusinesses(ctx)
    const neighbour = businesses.find(({ business_id }) => business_id !== demo.business_id)
    const there = await getBusinessCtx(ctx, neighbour?.business_id ?? '')
    const customers = await listCustomers(there, {}, PAGE)
    expect(customers.map(({ email }) => email)).toEqual(['ingrid@solheim-tegner.example'])
    const paid = (await listPayments(there, {}, PAGE)).map((payment) => [payment.total_amount, payment.currency])
    expect(paid).toEqual(Array(3).fill([1800, 'GBP']))
  })

  it('has one of each other state', async () => {
    const [, left, leaving, buyer, held, trial] = await Promise.all([0, 1, 2, 3, 4, 5].map(subscriptionOf))
    expect(left).toMatchObject({ status: 'cancelled', cancellation_feedback: 'switched_service' })
    expect(left?.cancellation_comment).toMatch(/\w/)
    expect(leaving).toMatchObject({
      status: 'active',
      cancel_at_next_billing_date: true,
      cancellation_feedback: 'unused',
    })
    expect(leaving?.cancel_reason).toBe('cancelled_by_customer')
    expect(buyer).toBeUndefined()
    expect(held).toMatchObject({ status: 'on_hold' })
    expect(trial).toMatchObject({ status: 'active', period_number: -1 })
    const days = (at: Temporal.Instant | null | undefined) => at?.since(ctx.clock.now()).total('days') ?? 0
    expect(days(held?.on_hold_at)).toBeLessThan(-0.5)
    expect(days(held?.on_hold_at)).toBeGreaterThan(-9)
    expect(days(trial?.next_billing_date)).toBeGreaterThan(3)
    expect(days(trial?.next_billing_date)).toBeLessThan(7)
    expect(days(leaving?.next_billing_date)).toBeGreaterThan(5)
    expect((await paymentsOf(4)).map(({ status }) => status)).toEqual(['failed', 'succeeded'])
    expect(await paymentsOf(5)).toEqual([])
    const keys = await listLicenseKeys(ctx, demo.customer_ids[3] ?? '', 10)
    expect(keys.map(({ status }) => status)).toEqual(['active', 'active', 'active'])
  })

  it('prints a new link for each customer at every start, and the same key', async () => {
    const first = await findPlaces(world.modes.test, demo)
    const again = await findPlaces(world.modes.test, demo)
    const links = (places: DemoPlaces) => places.customers.map(({ portal_url }) => portal_url)
    expect(new Set([...links(first), ...links(again)]).size).toBe(12)
    expect(again.api_key).toBe(first.api_key)
    expect(await findCaller(world.modes.test.ctx, first.api_key)).toMatchObject({ read_only: false })
    const token = links(first)[0]?.split('/session/')[1] ?? ''
    const browser = { cookie: undefined, user_agent: null }
    expect(await consumeLink(world.modes.test.ctx, token, browser)).toMatchObject({ type: 'opened' })
    const text = await greet(world.modes.test, quietLog)
    for (const { name, state } of again.customers) expect(text).toContain(`  ${name}\n    ${state}\n    http`)
    expect(text).toContain(again.api_key)
    expect((await listBusinesses(ctx)).map(({ name }) => name).sort()).toEqual(['Almquill', 'Kittiwake Press'])
  })

  it('keeps links and keys out of the log of a public server', async () => {
    const { test } = world.modes
    const urls = { ...test.ctx.urls, base: 'https://billing.linden.example' }
    const text = await greet({ ...test, ctx: { ...test.ctx, urls } }, quietLog)
    expect(text).not.toMatch(/\/session\/|portico_test_/)
  })
})

describe('where it was broken off', () => {
  it('what was left is put away, and a whole one is made', { timeout: 90_000 }, async () => {
    const { modes, close } = await createOperatorWorld()
    try {
      await expect(ensureDemo(dyingAfter(modes.test, 4), 'where the database is empty')).rejects.toThrow(
        'the process died',
      )
      const demo = await ensureDemo(modes.test, 'where the database is empty')
      expect(demo).toMatchObject({ completed: true })
      const [broken, whole, neighbour] = await findDemos(modes.test.ctx)
      expect(neighbour).toMatchObject({ completed: false, archived: false })
      expect([broken?.archived, whole?.archived]).toEqual([true, false])
      const half = await getBusinessCtx(modes.test.ctx, broken?.business_id ?? '')
      expect(half.business.name).toBe('Almquill (unfinished)')
      expect((await listBusinesses(modes.test.ctx)).map(({ name }) => name).sort()).toEqual([
        'Almquill',
        'Kittiwake Press',
      ])
      expect(await listSubscriptions(half, { statuses: ['active', 'on_hold'] }, PAGE)).toEqual([])
      expect(await ensureDemo(modes.test, 'where the database is empty')).toEqual(demo)
    } finally {
      await close()
    }
  })
})

it('is not made where somebody works already', async () => {
  const { modes, close } = await createOperatorWorld()
  try {
    await createBusiness(modes.test.ctx, { name: 'Linden Studio', email: 'hello@linden.example' })
    expect(await greet(modes.test, quietLog)).toContain('npm run portico -- demo')
    expect(await listBusinesses(modes.test.ctx)).toHaveLength(1)
  } finally {
    await close()
  }
})

/** Nobody gets further than this many of the sandbox's pages. */
function dyingAfter(runtime: ModeRuntime, pages: number): ModeRuntime {
  const { sandbox } = runtime
  if (sandbox === undefined) throw new Error('test mode has a sandbox')
  let opened = 0
  const request: typeof sandbox.pages.request = (...args) => {
    opened += 1
    if (opened > pages) throw new Error('the process died')
    return sandbox.pages.request(...args)
  }
  return { ...runtime, sandbox: { ...sandbox, pages: Object.assign(Object.create(sandbox.pages), { request }) } }
}
