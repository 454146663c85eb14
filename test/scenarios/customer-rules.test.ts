// What a business forbids its customers is refused in core, to customers alone, whatever door they come through.
import { beforeAll, describe, expect, test } from 'vitest'
import { setSettings } from '#core/businesses/set-settings.ts'
import { createCollection } from '#core/collections/create-collection.ts'
import { changePlan } from '#core/plan-changes/change-plan.ts'
import { confirmQuote } from '#core/quotes/confirm-quote.ts'
import { quoteChange } from '#core/quotes/quote-change.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { pauseSubscription } from '#core/subscriptions/pause-subscription.ts'
import { resumeSubscription } from '#core/subscriptions/resume-subscription.ts'
import { revokeCancellation } from '#core/subscriptions/revoke-cancellation.ts'
import { type BusinessCtx, withActor } from '#src/context.ts'
import { makePlans, type Plans, subscribeTo } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

let world: World
let plans: Plans
let id: string
let customer: () => Promise<BusinessCtx>
let merchant: () => Promise<BusinessCtx>
beforeAll(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  plans = await makePlans(world)
  const items = [plans.basic, plans.pro].map((product_id) => ({ product_id }))
  await createCollection(await world.fresh(), { name: 'Plans', groups: [{ group_name: null, items }] })
  id = await subscribeTo(world, plans.basic)
  const owner = (await rowsOf(world, 'subscriptions')).find(({ subscription_id }) => subscription_id === id)
  const customerId = owner?.customer_id ?? ''
  customer = async () => withActor(await world.fresh(), { type: 'customer', id: customerId })
  merchant = async () => withActor(await world.fresh(), { type: 'api_key', id: 'key_test' })
})

const allow = async (settings: Parameters<typeof setSettings>[1]) => setSettings(await world.fresh(), settings)
const pro = () => ({ product_id: plans.pro, quantity: 1, addons: [] })

describe('forbidden to a customer', () => {
  test('changing the plan, by a quote or without one, and a quote from when it was allowed', async () => {
    await allow({ allow_subscription_updates: true })
    const { quote_id } = await quoteChange(await customer(), id, pro())
    await allow({ allow_subscription_updates: false })
    const refusal = { code: 'PLAN_CHANGE_FOR_CUSTOMER_PORTAL_DISABLED', status: 403 }
    await expect(changePlan(await customer(), id, pro())).rejects.toMatchObject(refusal)
    await expect(quoteChange(await customer(), id, pro())).rejects.toMatchObject(refusal)
    await expect(confirmQuote(await customer(), quote_id)).rejects.toMatchObject(refusal)
    expect((await quoteChange(await merchant(), id, pro())).subscription_id).toBe(id)
  })

  test('changing it without being billed', async () => {
    await allow({ allow_subscription_updates: true })
    const free = { ...pro(), proration_billing_mode: 'do_not_bill' } as const
    await expect(changePlan(await customer(), id, free)).rejects.toMatchObject({
      code: 'DO_NOT_BILL_NOT_ALLOWED_IN_CUSTOMER_PORTAL',
    })
  })

  test('cancelling, at once or later; for the next billing date alone; never taking it back', async () => {
    const refusal = { code: 'SUBSCRIPTION_CANCELLATION_NOT_ALLOWED', status: 403 }
    const cancel = async (ctx: BusinessCtx, timing: 'now' | 'at_next_billing_date') =>
      cancelSubscription(ctx, id, { timing })
    await allow({ allow_subscription_cancellation: false })
    await expect(cancel(await customer(), 'now')).rejects.toMatchObject(refusal)
    await expect(cancel(await customer(), 'at_next_billing_date')).rejects.toMatchObject(refusal)
    await allow({ allow_subscription_cancellation: true, allow_cancellation_at_next_billing_date: false })
    await expect(cancel(await customer(), 'at_next_billing_date')).rejects.toMatchObject(refusal)
    await allow({ allow_subscription_cancellation: false })
    expect((await cancel(await merchant(), 'at_next_billing_date')).cancel_at_next_billing_date).toBe(true)
    expect((await revokeCancellation(await customer(), id)).cancel_at_next_billing_date).toBe(false)
  })

  test('pausing; a pause of their own they may always end, one of the merchant’s not', async () => {
    const refusal = { code: 'SUBSCRIPTION_CUSTOMER_PAUSE_DISABLED', status: 403 }
    await expect(pauseSubscription(await customer(), id)).rejects.toMatchObject(refusal)
    await pauseSubscription(await merchant(), id)
    await expect(resumeSubscription(await customer(), id)).rejects.toMatchObject(refusal)
    await resumeSubscription(await merchant(), id)
    await allow({ allow_subscription_pause: true })
    await pauseSubscription(await customer(), id)
    await allow({ allow_subscription_pause: false })
    expect((await resumeSubscription(await customer(), id)).status).toBe('active')
  })
})

test('a customer asks for no plan that is not theirs', async () => {
  await allow({ allow_subscription_updates: true })
  const stranger = withActor(await world.fresh(), { type: 'customer', id: 'cus_somebody' })
  await expect(changePlan(stranger, id, pro())).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
