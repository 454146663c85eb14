// Changes that wait for the next billing date, and everything that is refused.
import { beforeEach, describe, expect, test } from 'vitest'
import { setSettings } from '#core/businesses/set-settings.ts'
import { createProduct } from '#core/catalog/create-product.ts'
import { updateProduct } from '#core/catalog/update-product.ts'
import { cancelScheduledChange } from '#core/plan-changes/cancel-scheduled-change.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import { revokeCancellation } from '#core/subscriptions/revoke-cancellation.ts'
import { cards, download, plan } from '#test/support/buy.ts'
import { change, makePlans, type Plans, paid, subscribeTo } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf, skipTo, stateOf } from '#test/support/story.ts'
import { brokenInvariants, timeline } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

let world: World
let plans: Plans

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  plans = await makePlans(world)
})

const LATER = { effective_at: 'next_billing_date', proration_billing_mode: 'full_immediately' } as const

async function halfWay(product_id: string, card: string = cards.good): Promise<string> {
  const subscription_id = await subscribeTo(world, product_id, { card })
  await world.advanceTo('2026-01-16T00:00:00Z')
  return subscription_id
}

const read = async (id: string) => getSubscription(await world.fresh(), id)
const statuses = async () => (await rowsOf(world, 'plan_changes')).map(({ status }) => status)

describe('at the next billing date', () => {
  test('the plan stays until then, and is charged at the prices shown when it was chosen', async () => {
    const id = await halfWay(plans.pro)
    expect((await change(world, id, plans.starter, LATER)).status).toBe('scheduled')
    const { product_name, scheduled_change } = await read(id)
    expect([product_name, scheduled_change?.product_name]).toEqual(['Pro', 'Starter'])
    const dearer = plan({ price: 9900, payment_frequency_count: 30, payment_frequency_interval: 'Day' }).price
    await updateProduct(await world.fresh(), plans.starter, { price: dearer })
    await world.advanceTo('2026-03-03T00:00:00Z')
    expect(await timeline(world, id)).toEqual([
      '2026-01-01 subscription.active',
      '2026-01-01 subscription.renewed',
      '2026-01-01 payment.succeeded 80.00',
      '2026-01-16 subscription.updated',
      '2026-01-31 subscription.plan_changed',
      '2026-01-31 payment.succeeded 20.00',
      '2026-01-31 subscription.renewed',
      '2026-03-02 payment.succeeded 20.00',
      '2026-03-02 subscription.renewed',
    ])
    expect((await read(id)).scheduled_change).toBeNull()
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('it happens even if the charge fails: owed is the new price', async () => {
    const id = await halfWay(plans.basic, cards.failsLater)
    await change(world, id, plans.pro, LATER)
    await world.advanceTo('2026-02-05T00:00:00Z')
    expect([(await read(id)).product_name, await stateOf(world, id)]).toEqual(['Pro', 'on_hold until 2026-01-31'])
    expect((await rowsOf(world, 'dues')).filter(({ status }) => status === 'open').map(({ total }) => total)).toEqual([
      8000,
    ])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('another rhythm counts from there', async () => {
    const id = await halfWay(plans.basic)
    await change(world, id, plans.yearly, LATER)
    await world.advanceTo('2026-02-01T00:00:00Z')
    expect(await stateOf(world, id)).toBe('active until 2027-01-31')
    await world.advanceTo('2028-02-01T00:00:00Z')
    expect(await paid(world)).toEqual(['01-01 30.00', '01-31 800.00', '01-31 800.00', '01-31 800.00'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('credit from before pays it as well', async () => {
    const id = await halfWay(plans.pro)
    await change(world, id, plans.starter)
    await change(world, id, plans.basic, LATER)
    await world.advanceTo('2026-03-03T00:00:00Z')
    expect(await paid(world)).toEqual(['01-01 80.00', '01-31 0.00 + 30.00 credit', '03-02 30.00'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('a cancellation suspends it, and taking that back revives it', async () => {
    const id = await halfWay(plans.basic)
    await change(world, id, plans.pro, LATER)
    const ctx = await world.fresh()
    await cancelSubscription(ctx, id, { timing: 'at_next_billing_date' })
    expect(await statuses()).toEqual(['scheduled'])
    await revokeCancellation(ctx, id)
    await world.advanceTo('2026-02-01T00:00:00Z')
    expect(await paid(world)).toEqual(['01-01 30.00', '01-31 80.00'])
    await change(world, id, plans.starter, LATER)
    await cancelSubscription(await world.fresh(), id, { timing: 'at_next_billing_date' })
    await world.advanceTo('2026-04-01T00:00:00Z')
    expect([await statuses(), (await read(id)).product_name]).toEqual([['applied', 'cancelled'], 'Pro'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('it can be taken back, and then there is nothing to take back', async () => {
    const id = await halfWay(plans.basic)
    await change(world, id, plans.pro, LATER)
    await cancelScheduledChange(await world.fresh(), id)
    await expect(cancelScheduledChange(await world.fresh(), id)).rejects.toMatchObject({
      code: 'SCHEDULED_PLAN_CHANGE_NOT_FOUND',
    })
    await world.advanceTo('2026-02-01T00:00:00Z')
    expect((await paid(world)).at(-1)).toBe('01-31 30.00')
  })

  test('one at a time; a second one replaces it only if it says so, and one that is declined leaves it', async () => {
    const id = await halfWay(plans.basic, cards.failsLater)
    await change(world, id, plans.starter, LATER)
    await expect(change(world, id, plans.pro)).rejects.toMatchObject({ code: 'SCHEDULED_PLAN_CHANGE_EXISTS' })
    const replacing = { cancel_scheduled_change_plan: true }
    await change(world, id, plans.pro, replacing)
    expect(await statuses()).toEqual(['scheduled', 'failed'])
    await change(world, id, plans.yearly, { ...LATER, ...replacing })
    expect(await statuses()).toEqual(['cancelled', 'failed', 'scheduled'])
    await change(world, id, plans.starter, replacing)
    expect(await statuses()).toEqual(['cancelled', 'failed', 'cancelled', 'applied'])
  })
})

describe('where the request does not say', () => {
  const unsaid = { effective_at: undefined, proration_billing_mode: undefined, on_payment_failure: undefined }

  test('a new business prorates what gets dearer and prevents what is not paid; what gets cheaper waits', async () => {
    const id = await halfWay(plans.basic)
    expect(await change(world, id, plans.pro, unsaid)).toMatchObject({
      status: 'applied',
      proration_billing_mode: 'prorated_immediately',
      on_payment_failure: 'prevent_change',
    })
    expect((await change(world, id, plans.starter, unsaid)).status).toBe('scheduled')
  })

  test('the business decides, and the request before it', async () => {
    const id = await halfWay(plans.basic)
    await setSettings(await world.fresh(), {
      effective_at_on_upgrade: 'next_billing_date',
      proration_billing_mode_on_upgrade: 'full_immediately',
      on_payment_failure: 'apply_change',
    })
    expect(await change(world, id, plans.pro, unsaid)).toMatchObject({
      status: 'scheduled',
      on_payment_failure: 'apply_change',
    })
    const asked = { ...unsaid, effective_at: 'immediately', cancel_scheduled_change_plan: true } as const
    expect(await change(world, id, plans.pro, asked)).toMatchObject({
      status: 'applied',
      proration_billing_mode: 'full_immediately',
    })
  })
})

describe('refused', () => {
  test('what is no change, or names what cannot be had', async () => {
    const id = await halfWay(plans.basic)
    const ctx = await world.fresh()
    const { product_id: once } = await createProduct(ctx, download(900))
    const { product_id: euros } = await createProduct(ctx, plan({ currency: 'EUR' }))
    const { product_id: gone } = await createProduct(ctx, plan())
    await ctx.db.updateTable('products').set({ archived_at: ctx.clock.now() }).where('product_id', '=', gone).execute()
    const seat = { addon_id: plans.addon_id, quantity: 1 }
    const refusals: [string, Parameters<typeof change>[3], string][] = [
      [plans.basic, {}, 'INVALID_REQUEST_PARAMETERS'],
      [plans.pro, { quantity: 0 }, 'INVALID_REQUEST_BODY'],
      [plans.basic, { addons: [seat] }, 'INVALID_REQUEST_BODY'],
      [plans.pro, { addons: [seat, seat] }, 'DUPLICATE_ADDON_IDS_IN_REQUEST'],
      [once, {}, 'UNSUPPORTED_ACTION'],
      [euros, {}, 'UNSUPPORTED_CURRENCY'],
      [gone, {}, 'PRODUCT_IS_DELETED'],
      ['pdt_nobody', {}, 'NOT_FOUND'],
      [plans.pro, { effective_at: 'next_billing_date' }, 'INVALID_PRORATION_MODE_WITH_NEXT_BILLING_DATE'],
    ]
    for (const [product_id, more, code] of refusals) {
      await expect(change(world, id, product_id, more), code).rejects.toMatchObject({ code })
    }
    expect(await rowsOf(world, 'plan_changes')).toEqual([])
  })

  test('while it is not active, about to end, or due', async () => {
    const id = await halfWay(plans.basic)
    const ctx = await world.fresh()
    await cancelSubscription(ctx, id, { timing: 'at_next_billing_date' })
    await expect(change(world, id, plans.pro)).rejects.toMatchObject({
      code: 'PLAN_CHANGE_NOT_ALLOWED_FOR_SCHEDULED_CANCELLATION',
    })
    await revokeCancellation(ctx, id)
    await skipTo(world, '2026-01-31T12:00:00Z')
    await expect(change(world, id, plans.pro)).rejects.toMatchObject({ code: 'PREVIOUS_PAYMENT_PENDING' })
    await world.work()
    await cancelSubscription(await world.fresh(), id, { timing: 'now' })
    await expect(change(world, id, plans.pro)).rejects.toMatchObject({
      code: 'INACTIVE_SUBSCRIPTION_PLAN_CHANGE_NOT_SUPPORTED',
    })
  })
})
