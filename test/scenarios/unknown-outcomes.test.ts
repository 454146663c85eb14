// The processor was asked and nobody knows what became of it.
import { beforeEach, expect, test } from 'vitest'
import { collectPayment } from '#core/payments/collect-payment.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import { renewSubscription } from '#core/subscriptions/renew-subscription.ts'
import { updateSubscription } from '#core/subscriptions/update-subscription.ts'
import type { PaymentOutcome, RefundOutcome } from '#processors/processor.ts'
import { buy, cards, plan } from '#test/support/buy.ts'
import { stage } from '#test/support/stage.ts'
import { capturesOf, rowsOf, skipTo, stateOf, withProcessor, workWith } from '#test/support/story.ts'
import { brokenInvariants, timeline } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

let world: World

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-31T09:00:00Z' })
})

const licensed = plan({}, { license_key_enabled: true })

/** Bought on 31 January; the worker comes when the renewal of 28 February is due. */
async function dueIn(card: string): Promise<string> {
  const { subscription_id } = await buy(world, licensed, { card })
  await skipTo(world, '2026-02-28T10:00:00Z')
  return subscription_id
}

const renewal = async () => {
  const payment = (await rowsOf(world, 'payments')).at(-1)
  if (payment === undefined) throw new Error('there is no payment')
  return payment
}
const keys = async () => (await rowsOf(world, 'license_keys')).map(({ status }) => status)

test('taken but never answered: the payment waits, the subscription goes on, and a look-up finds the one capture', async () => {
  const subscription_id = await dueIn(cards.timesOut)
  await world.work()
  const waiting = await renewal()
  expect([waiting.status, waiting.unknown_since === null, waiting.settled_at]).toEqual(['processing', false, null])
  expect(await stateOf(world, subscription_id)).toBe('active until 2026-02-28')
  expect(await keys()).toEqual(['active'])
  expect((await rowsOf(world, 'events')).map(({ type }) => type)).not.toContain('payment.failed')

  world.advanceWall({ minutes: 2 })
  await world.work()
  expect(await renewal()).toMatchObject({ status: 'succeeded', attempt: 1, unknown_since: null, next_check_at: null })
  expect(await stateOf(world, subscription_id)).toBe('active until 2026-03-31')
  expect((await capturesOf(world)).map(({ amount }) => amount)).toEqual([3000, 3000])
  expect(await brokenInvariants(world)).toEqual([])
})

test('lost on the way: it is charged again under the same key, once', async () => {
  const subscription_id = await dueIn(cards.lost)
  await world.work()
  const waiting = await renewal()
  expect(waiting.status).toBe('processing')
  expect((await capturesOf(world)).length).toBe(1)
  world.advanceWall({ minutes: 2 })
  await world.work()
  await world.work()
  expect(await renewal()).toMatchObject({ status: 'succeeded', attempt: 1, processor_key: waiting.processor_key })
  expect((await capturesOf(world)).length).toBe(2)
  expect(await stateOf(world, subscription_id)).toBe('active until 2026-03-31')
  expect(await brokenInvariants(world)).toEqual([])
})

test('a processor that throws has not said no', async () => {
  const subscription_id = await dueIn(cards.good)
  await workWith(world, () => ({ charge: () => Promise.reject(new Error('socket hang up')) }))
  expect((await renewal()).status).toBe('processing')
  expect(await stateOf(world, subscription_id)).toBe('active until 2026-02-28')
  for (let minutes = 0; minutes < 3; minutes += 1) {
    world.advanceWall({ minutes: 1 })
    await workWith(world, () => ({ retrievePayment: () => Promise.reject(new Error('still away')) }))
  }
  expect((await renewal()).status).toBe('processing')
  world.advanceWall({ minutes: 1 })
  await world.work()
  expect((await renewal()).status).toBe('succeeded')
  expect((await capturesOf(world)).length).toBe(2)
  expect(await brokenInvariants(world)).toEqual([])
})

test('after a day without an answer a person is asked to look; the schedule grows rare and still decides', async () => {
  await dueIn(cards.timesOut)
  await world.work()
  const away = () => workWith(world, () => ({ retrievePayment: () => Promise.reject(new Error('away')) }))
  world.advanceWall({ hours: 23 })
  await away()
  expect((await renewal()).needs_attention).toBe(false)
  world.advanceWall({ hours: 2 })
  await away()
  const flagged = await renewal()
  expect(flagged).toMatchObject({ status: 'processing', needs_attention: true })
  world.advanceWall({ minutes: 16 })
  await world.work()
  expect(await renewal()).toMatchObject({ status: 'succeeded', needs_attention: false })
})

test('meanwhile the date cannot be moved, and moving it later does not charge twice', async () => {
  const subscription_id = await dueIn(cards.timesOut)
  await world.work()
  const move = async (date: string) =>
    updateSubscription(await world.fresh(), subscription_id, { next_billing_date: Temporal.Instant.from(date) })
  await expect(move('2026-03-05T00:00:00Z')).rejects.toMatchObject({ code: 'PREVIOUS_PAYMENT_PENDING' })
  world.advanceWall({ minutes: 2 })
  await world.work()
  await move('2026-04-05T00:00:00Z')
  expect(await stateOf(world, subscription_id)).toBe('active until 2026-04-05')
  expect(await brokenInvariants(world)).toEqual([])
})

test('cancelled meanwhile: it ends at once, and the money that had been taken goes back in full', async () => {
  const subscription_id = await dueIn(cards.timesOut)
  await world.work()
  await cancelSubscription(await world.fresh(), subscription_id, { timing: 'now' })
  expect((await rowsOf(world, 'dues')).map(({ status }) => status)).toEqual(['paid', 'void'])
  world.advanceWall({ minutes: 2 })
  await world.work()
  const late = await renewal()
  expect(late).toMatchObject({ status: 'succeeded', applied: false })
  expect(await rowsOf(world, 'refunds')).toMatchObject([
    { payment_id: late.payment_id, amount: 3000, status: 'succeeded', reason_key: `unwanted:${late.payment_id}` },
  ])
  expect((await capturesOf(world)).map(({ amount, refunded_amount }) => [amount, refunded_amount])).toEqual([
    [3000, 0],
    [3000, 3000],
  ])
  expect(await stateOf(world, subscription_id)).toBe('cancelled until 2026-02-28')
  expect((await rowsOf(world, 'invoices')).length).toBe(1)
  expect(await brokenInvariants(world)).toEqual([])
})

test('the refund of it may be unknown too, and is given once', async () => {
  const subscription_id = await dueIn(cards.timesOut)
  await world.work()
  await cancelSubscription(await world.fresh(), subscription_id, { timing: 'now' })
  world.advanceWall({ minutes: 2 })
  const swallow = async (outcome: Promise<RefundOutcome>): Promise<RefundOutcome> => {
    await outcome
    return { status: 'unknown', reason: 'the answer was lost' }
  }
  await workWith(world, (real) => ({ refund: (request) => swallow(real.refund(request)) }))
  expect((await rowsOf(world, 'refunds'))[0]).toMatchObject({ status: 'pending', settled_at: null })
  world.advanceWall({ minutes: 1 })
  await world.work()
  expect((await rowsOf(world, 'refunds')).map(({ status }) => status)).toEqual(['succeeded'])
  expect((await capturesOf(world)).map(({ refunded_amount }) => refunded_amount)).toEqual([0, 3000])
})

test('scheduled to end meanwhile: paid, it ends after the paid period; declined, it ends at once', async () => {
  for (const [outcome, expected] of [
    ['succeeded', 'active until 2026-03-31, ends then'],
    ['declined', 'cancelled until 2026-02-28'],
  ] as const) {
    world = await newWorld({ startsAt: '2026-01-31T09:00:00Z' })
    const subscription_id = await dueIn(cards.timesOut)
    await world.work()
    await cancelSubscription(await world.fresh(), subscription_id, { timing: 'at_next_billing_date' })
    const no: PaymentOutcome = { status: 'declined', reference: null, code: 'INSUFFICIENT_FUNDS', message: null }
    world.advanceWall({ minutes: 2 })
    await workWith(world, (real) => ({
      retrievePayment: (...asked) => (outcome === 'declined' ? Promise.resolve(no) : real.retrievePayment(...asked)),
    }))
    expect(await stateOf(world, subscription_id)).toBe(expected)
  }
})

test('declined, and yet the money came: the hold ends, keys and all', async () => {
  const subscription_id = await dueIn(cards.good)
  const no: PaymentOutcome = { status: 'declined', reference: null, code: 'PROCESSING_ERROR', message: null }
  await workWith(world, (real) => ({
    charge: async (request) => {
      await real.charge(request)
      return no
    },
  }))
  expect(await stateOf(world, subscription_id)).toBe('on_hold until 2026-02-28')
  expect(await keys()).toEqual(['disabled'])
  await world.modes.test.sandbox?.deliverPending()
  await world.work()
  expect(await stateOf(world, subscription_id)).toBe('active until 2026-03-31')
  expect(await keys()).toEqual(['active'])
  expect(await timeline(world, subscription_id)).toContain('2026-02-28 subscription.on_hold')
  expect(await brokenInvariants(world)).toEqual([])
})

test('a challenge nobody is there to answer is a decline', async () => {
  const subscription_id = await dueIn(cards.good)
  await workWith(world, () => ({
    charge: () => Promise.resolve({ status: 'requires_action', reference: 'x', url: 'https://bank.example/3ds' }),
  }))
  expect(await stateOf(world, subscription_id)).toBe('on_hold until 2026-02-28')
  expect(await renewal()).toMatchObject({ status: 'failed', error_code: 'AUTHENTICATION_REQUIRED', action_url: null })
})

test('the same charge collected ten times at once is one capture, one invoice, one period', async () => {
  const subscription_id = await dueIn(cards.good)
  const silent = await withProcessor(world, () => ({ charge: () => Promise.reject(new Error('cut off')) }))
  await renewSubscription(silent, subscription_id)
  const { payment_id } = await renewal()
  const ctx = await world.fresh()
  await Promise.all(Array.from({ length: 10 }, () => collectPayment(ctx, payment_id)))
  expect((await capturesOf(world)).length).toBe(2)
  expect((await getSubscription(ctx, subscription_id)).period_number).toBe(1)
  expect(await brokenInvariants(world)).toEqual([])
})

test('a test clock that moves over an unknown outcome decides it before it goes on', async () => {
  const { subscription_id } = await buy(world, licensed, { card: cards.timesOut })
  await world.advanceTo('2026-05-01T00:00:00Z')
  expect(await stateOf(world, subscription_id)).toBe('active until 2026-05-31')
  expect((await capturesOf(world)).length).toBe(4)
  expect(await brokenInvariants(world)).toEqual([])
})
