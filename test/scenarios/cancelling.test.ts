import { beforeEach, expect, test } from 'vitest'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import { revokeCancellation } from '#core/subscriptions/revoke-cancellation.ts'
import { withActor } from '#src/context.ts'
import { buy, plan } from '#test/support/buy.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf, skipTo, stateOf } from '#test/support/story.ts'
import { brokenInvariants, timeline } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

let world: World
let subscription_id: string
let customer_id: string

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-31T09:00:00Z' })
  const bought = await buy(world, plan({}, { license_key_enabled: true }))
  subscription_id = bought.subscription_id
  customer_id = bought.customer_id
})

const asCustomer = async () => withActor(await world.fresh(), { type: 'customer', id: customer_id })
const keyStates = async () => (await rowsOf(world, 'license_keys')).map(({ status }) => status)

const bought = [
  '2026-01-31 subscription.active',
  '2026-01-31 subscription.renewed',
  '2026-01-31 payment.succeeded 30.00',
]

test('a scheduled cancellation ends at the boundary, with the reason that was given, and charges nothing more', async () => {
  await world.advanceTo('2026-02-10T00:00:00Z')
  await cancelSubscription(await asCustomer(), subscription_id, {
    timing: 'at_next_billing_date',
    cancellation_feedback: 'too_expensive',
    cancellation_comment: 'Back in autumn',
  })
  expect(await stateOf(world, subscription_id)).toBe('active until 2026-02-28, ends then')
  expect(await keyStates()).toEqual(['active'])
  await world.advanceTo('2026-06-01T00:00:00Z')
  expect(await timeline(world, subscription_id)).toEqual([
    ...bought,
    '2026-02-10 subscription.updated',
    '2026-02-28 subscription.cancelled',
  ])
  const ended = await getSubscription(await world.fresh(), subscription_id)
  expect(ended).toMatchObject({
    status: 'cancelled',
    cancel_reason: 'cancelled_by_customer',
    cancellation_feedback: 'too_expensive',
    cancellation_comment: 'Back in autumn',
    cancel_at_next_billing_date: false,
  })
  expect(ended.cancelled_at?.toString().slice(0, 16)).toBe('2026-02-28T09:00')
  expect(await keyStates()).toEqual(['disabled'])
  expect(await brokenInvariants(world)).toEqual([])
})

test('taken back before the boundary, it renews as if nothing had been', async () => {
  await cancelSubscription(await asCustomer(), subscription_id, {
    timing: 'at_next_billing_date',
    cancellation_feedback: 'unused',
  })
  await world.advanceTo('2026-02-28T08:59:59Z')
  await revokeCancellation(await asCustomer(), subscription_id)
  await world.advanceTo('2026-04-01T00:00:00Z')
  expect(await timeline(world, subscription_id)).toEqual([
    ...bought,
    '2026-01-31 subscription.updated',
    '2026-02-28 subscription.updated',
    '2026-02-28 payment.succeeded 30.00',
    '2026-02-28 subscription.renewed',
    '2026-03-31 payment.succeeded 30.00',
    '2026-03-31 subscription.renewed',
  ])
  const { cancel_reason, cancellation_feedback } = await getSubscription(await world.fresh(), subscription_id)
  expect([cancel_reason, cancellation_feedback]).toEqual([null, null])
  expect(await brokenInvariants(world)).toEqual([])
})

test('now means now: the keys stop, nothing renews, and it cannot be taken back', async () => {
  await world.advanceTo('2026-02-10T00:00:00Z')
  await cancelSubscription(await asCustomer(), subscription_id, { timing: 'now' })
  await expect(revokeCancellation(await asCustomer(), subscription_id)).rejects.toMatchObject({
    code: 'SUBSCRIPTION_INACTIVE',
  })
  await expect(cancelSubscription(await asCustomer(), subscription_id, { timing: 'now' })).rejects.toMatchObject({
    code: 'SUBSCRIPTION_INACTIVE',
  })
  await world.advanceTo('2026-06-01T00:00:00Z')
  expect(await timeline(world, subscription_id)).toEqual([...bought, '2026-02-10 subscription.cancelled'])
  expect(await keyStates()).toEqual(['disabled'])
  expect(await brokenInvariants(world)).toEqual([])
})

test('asking a second time changes nothing of the first', async () => {
  const timing = 'at_next_billing_date'
  await cancelSubscription(await asCustomer(), subscription_id, { timing, cancellation_feedback: 'low_quality' })
  const first = await getSubscription(await world.fresh(), subscription_id)
  const events = (await rowsOf(world, 'events')).length
  await cancelSubscription(await world.fresh(), subscription_id, { timing })
  expect(await getSubscription(await world.fresh(), subscription_id)).toEqual(first)
  expect((await rowsOf(world, 'events')).length).toBe(events)
})

test('a second request that names a reason changes the reason only, and says so', async () => {
  const timing = 'at_next_billing_date'
  await cancelSubscription(await asCustomer(), subscription_id, { timing, cancellation_comment: 'Too slow' })
  const audits = (await rowsOf(world, 'audit_entries')).length
  await cancelSubscription(await asCustomer(), subscription_id, { timing, cancellation_feedback: 'low_quality' })
  expect(await getSubscription(await world.fresh(), subscription_id)).toMatchObject({
    cancellation_feedback: 'low_quality',
    cancellation_comment: 'Too slow',
    cancel_at_next_billing_date: true,
  })
  expect((await rowsOf(world, 'audit_entries')).length).toBe(audits + 1)
})

test('a customer cancels only as the business allows; taking back is always allowed', async () => {
  const ctx = await world.fresh()
  const allow = async (settings: {
    allow_subscription_cancellation?: boolean
    allow_cancellation_at_next_billing_date?: boolean
  }) =>
    ctx.db
      .insertInto('business_settings')
      .values({ business_id: world.business_id, ...settings })
      .onConflict((conflict) => conflict.column('business_id').doUpdateSet(settings))
      .execute()
  const refusal = { code: 'SUBSCRIPTION_CANCELLATION_NOT_ALLOWED' }
  const timing = 'at_next_billing_date'
  await allow({ allow_cancellation_at_next_billing_date: false })
  await expect(cancelSubscription(await asCustomer(), subscription_id, { timing })).rejects.toMatchObject(refusal)
  await cancelSubscription(ctx, subscription_id, { timing })
  await allow({ allow_subscription_cancellation: false })
  await expect(cancelSubscription(await asCustomer(), subscription_id, { timing: 'now' })).rejects.toMatchObject(
    refusal,
  )
  expect((await getSubscription(ctx, subscription_id)).cancel_reason).toBe('cancelled_by_merchant')
  await revokeCancellation(await asCustomer(), subscription_id)
  expect(await stateOf(world, subscription_id)).toBe('active until 2026-02-28')
})

test('scheduled while the worker was down past the boundary, it ends without the charge that was missed', async () => {
  await skipTo(world, '2026-03-05T00:00:00Z')
  await cancelSubscription(await asCustomer(), subscription_id, { timing: 'at_next_billing_date' })
  await world.work()
  expect((await timeline(world, subscription_id)).at(-1)).toBe('2026-03-05 subscription.cancelled')
  expect((await rowsOf(world, 'payments')).length).toBe(1)
})
