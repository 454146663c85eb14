import type { SubscriptionUpdateParams } from 'dodopayments/resources/subscriptions'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listPeriods } from '#core/subscriptions/queries.ts'
import { call } from '#test/support/api-calls.ts'
import { buy, cards } from '#test/support/buy.ts'
import { createWorld, type World } from '#test/support/world.ts'

let world: World
let subscription_id: string

beforeAll(async () => {
  world = await createWorld({ startsAt: '2026-01-31T10:00:00Z' })
  subscription_id = (await buy(world)).subscription_id
})
afterAll(() => world.close())

const patch = (json: unknown, id = subscription_id) => call(world, `/subscriptions/${id}`, { method: 'PATCH', json })
const update = (change: SubscriptionUpdateParams, id = subscription_id) =>
  world.client().subscriptions.update(id, change)

test('it is paused and resumed, and the date moves by the pause', async () => {
  const { subscription_id: id } = await buy(world)
  const before = await world.client().subscriptions.retrieve(id)
  const paused = await update({ status: 'paused' }, id)
  expect(paused).toMatchObject({ status: 'paused', next_billing_date: before.next_billing_date })
  expect(paused.paused_at).toMatch(/^2026-01-31T10:00:\d\d\.\d{6}Z$/)
  expect((await patch({ status: 'paused' }, id)).body.code).toBe('SUBSCRIPTION_ALREADY_PAUSED')
  const resumed = await update({ status: 'active' }, id)
  expect(resumed).toMatchObject({ status: 'active', paused_at: null })
  const moved = Temporal.Instant.from(before.next_billing_date).until(resumed.next_billing_date)
  expect(moved).toEqual(Temporal.Instant.from(paused.paused_at ?? '').until(await resumedAt(id)))
})

async function resumedAt(id: string): Promise<Temporal.Instant> {
  const periods = await listPeriods(await world.fresh(), id)
  return periods.at(-1)?.period_start ?? Temporal.Now.instant()
}

describe('the end', () => {
  test('is scheduled with its reasons, explained anew, and taken back with them', async () => {
    const reasons = { cancellation_feedback: 'unused', cancellation_comment: 'Back in spring 🌱' } as const
    const scheduled = await update({ cancel_at_next_billing_date: true, ...reasons })
    expect(scheduled).toMatchObject({
      status: 'active',
      cancel_at_next_billing_date: true,
      cancelled_at: null,
      ...reasons,
    })
    const again = await update({ cancel_at_next_billing_date: true, cancellation_feedback: 'other' })
    expect(again).toMatchObject({ ...reasons, cancellation_feedback: 'other' })
    const listed = await world.client().subscriptions.list({ cancel_at_next_billing_date: true, page_number: 0 })
    expect(listed.items.map((item) => item.subscription_id)).toEqual([subscription_id])
    const revoked = await update({ cancel_at_next_billing_date: false })
    expect(revoked).toMatchObject({ cancel_at_next_billing_date: false, cancellation_feedback: null })
  })

  test('comes now where status is cancelled, once', async () => {
    const { subscription_id: id } = await buy(world)
    const ended = await update({ status: 'cancelled', cancellation_feedback: 'too_expensive' }, id)
    expect(ended).toMatchObject({ status: 'cancelled', cancellation_feedback: 'too_expensive' })
    expect(ended.cancelled_at).toMatch(/^2026-01-31T10:00:\d\d\.\d{6}Z$/)
    const answer = await patch({ status: 'cancelled' }, id)
    expect([answer.status, answer.body.code]).toEqual([422, 'SUBSCRIPTION_INACTIVE'])
    const { items } = await world.client().subscriptions.list({ status: 'cancelled', page_number: 0 })
    expect(items.map((item) => item.subscription_id)).toEqual([id])
  })

  test.each([
    [
      { status: 'cancelled', cancel_at_next_billing_date: true },
      'INVALID_REQUEST_PARAMETERS',
      'cancel_at_next_billing_date',
    ],
    [{ cancellation_feedback: 'unused' }, 'INVALID_REQUEST_PARAMETERS', 'cancellation_feedback'],
    [{ cancellation_comment: 'bye' }, 'INVALID_REQUEST_PARAMETERS', 'cancellation_comment'],
    [{ cancel_reason: 'dodo_team', cancel_at_next_billing_date: false }, 'INVALID_REQUEST_PARAMETERS', 'cancel_reason'],
    [
      { status: 'cancelled', next_billing_date: '2026-05-01T00:00:00Z' },
      'INVALID_REQUEST_PARAMETERS',
      'next_billing_date',
    ],
    [{ status: 'expired' }, 'INVALID_REQUEST_PARAMETERS', 'status'],
    [{ status: 'paused', metadata: { note: 'x' } }, 'INVALID_REQUEST_BODY', 'metadata'],
    [{ status: 'active', tax_id: null }, 'INVALID_REQUEST_BODY', 'tax_id'],
    [{ status: 'active' }, 'SUBSCRIPTION_NOT_PAUSED', 'not paused'],
    [{ status: 'ended' }, 'INVALID_REQUEST_BODY', 'status'],
    [{ pause: true }, 'INVALID_REQUEST_BODY', 'pause'],
    [{ cancellation_feedback: 'boring', status: 'cancelled' }, 'INVALID_REQUEST_BODY', 'cancellation_feedback'],
    [{ cancellation_comment: 'x'.repeat(501), status: 'cancelled' }, 'INVALID_REQUEST_BODY', 'cancellation_comment'],
    [{ next_billing_date: '2026-01-01T00:00:00Z' }, 'INVALID_REQUEST_PARAMETERS', 'next_billing_date'],
    [{ next_billing_date: '2086-01-01T00:00:00Z' }, 'INVALID_REQUEST_PARAMETERS', 'next_billing_date'],
    [{ customer_business_name: 'Northwind AB' }, 'INVALID_REQUEST_PARAMETERS', 'customer_business_name'],
    [{ status: 'cancelled', metadata: { 'a b': 1 } }, 'INVALID_REQUEST_BODY', 'metadata'],
  ])('and what makes no sense changes nothing: %j', async (change, code, named) => {
    const before = await world.client().subscriptions.retrieve(subscription_id)
    const answer = await patch(change)
    expect([answer.status, answer.body.code]).toEqual([422, code])
    expect(answer.body.message).toContain(named)
    expect(await world.client().subscriptions.retrieve(subscription_id)).toEqual(before)
  })
})

describe('the rest', () => {
  test('nothing named, nothing changed', async () => {
    const before = await world.client().subscriptions.retrieve(subscription_id)
    expect((await patch({})).body).toEqual({ ...before })
    expect((await patch({ billing: null, metadata: null, status: null, tax_id: undefined })).body).toEqual({
      ...before,
    })
  })

  test('address, notes, tax id and business name; clearing the tax id clears the name', async () => {
    const billing = { country: 'DE', city: 'Bremen' } as const
    const named = await update({
      billing,
      metadata: { seats: 3 },
      tax_id: 'DE123456789',
      customer_business_name: ' Northwind AB ',
    })
    expect(named.billing).toEqual({ country: 'DE', state: null, city: 'Bremen', street: null, zipcode: null })
    expect(named).toMatchObject({
      metadata: { seats: 3 },
      tax_id: 'DE123456789',
      customer_business_name: 'Northwind AB',
    })
    expect(await update({ tax_id: null })).toMatchObject({ tax_id: null, customer_business_name: null })
  })

  test('a billing date moves, and one that has come is renewed at once', async () => {
    const { subscription_id: id } = await buy(world)
    const moved = await update({ next_billing_date: '2026-03-15T08:00:00Z' }, id)
    expect(moved.next_billing_date).toBe('2026-03-15T08:00:00.000000Z')
    const now = (await world.fresh()).clock.now().toString()
    const renewed = await update({ next_billing_date: now }, id)
    expect(renewed.next_billing_date.slice(0, 10)).toBe('2026-02-28')
    const { items } = await world.client().payments.list({ subscription_id: id, page_number: 0 })
    expect(items.map(({ status, total_amount }) => [status, total_amount])).toEqual(Array(2).fill(['succeeded', 3000]))
  })

  test('a renewal that is declined leaves the subscription on hold and the payment with its reason', async () => {
    const { subscription_id: id } = await buy(world, undefined, { card: cards.failsLater })
    const now = (await world.fresh()).clock.now().toString()
    expect((await update({ next_billing_date: now }, id)).status).toBe('on_hold')
    const { items } = await world.client().payments.list({ subscription_id: id, status: 'failed', page_number: 0 })
    const payment = await world.client().payments.retrieve(items[0]?.payment_id ?? '')
    expect(payment).toMatchObject({ status: 'failed', invoice_id: null, invoice_url: null, retry_attempt: 0 })
    expect(payment.error_code).toMatch(/^[A-Z_]+$/)
  })
})
