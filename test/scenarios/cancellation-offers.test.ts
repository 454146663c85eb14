import { beforeEach, expect, test } from 'vitest'
import { acceptOffer, declineOffer } from '#core/cancellation-offers/answer-offer.ts'
import { makeOffer } from '#core/cancellation-offers/make-offer.ts'
import type { CancellationOffer } from '#core/cancellation-offers/queries.ts'
import { setCancellationOffers } from '#core/cancellation-offers/set-offers.ts'
import { pauseSubscription } from '#core/subscriptions/pause-subscription.ts'
import { getSubscription, readNextPayments } from '#core/subscriptions/queries.ts'
import { resumeSubscription } from '#core/subscriptions/resume-subscription.ts'
import { withActor } from '#src/context.ts'
import { call } from '#test/support/api-calls.ts'
import { buy } from '#test/support/buy.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()
let world: World
let id: string
let customer_id: string

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  const bought = await buy(world)
  id = bought.subscription_id
  customer_id = bought.customer_id
})

const asCustomer = async () => withActor(await world.fresh(), { type: 'customer', id: customer_id })
const offers = async (...list: CancellationOffer[]) => setCancellationOffers(await world.fresh(), list)
const make = async (cancellation_feedback: 'too_expensive' | 'unused' = 'unused') =>
  makeOffer(await asCustomer(), id, {
    effective_at: 'next_billing_date',
    cancellation_feedback,
    cancellation_comment: 'Only for the summer.',
  })
const accept = async (offer_id = '') => acceptOffer(await asCustomer(), id, offer_id)
const nextAmount = async () => {
  const ctx = await world.fresh()
  return (await readNextPayments(ctx, [await getSubscription(ctx, id)])).get(id)?.amount
}

async function stay20() {
  const fields = { type: 'percentage', amount: 2000, code: 'STAY20', subscription_cycles: 2 } as const
  await world.client().discounts.create(fields)
  return { type: 'discount', discount_code: 'STAY20', reasons: null } as const
}

test('a discount that is taken is taken from the next payments, once, however often it is pressed', async () => {
  await offers(await stay20())
  const made = await make()
  expect(made).toMatchObject({ type: 'discount', answer: null, cancellation_comment: 'Only for the summer.' })
  expect(await nextAmount()).toBe(3000)
  await Promise.all([accept(made?.offer_id), accept(made?.offer_id)])
  await accept(made?.offer_id)
  // 30.00 less 20 % is 24.00.
  expect(await nextAmount()).toBe(2400)
  await world.advanceTo('2026-03-02T00:00:00Z')
  const paid = (await rowsOf(world, 'payments')).map(({ total_amount }) => total_amount)
  expect(paid.toSorted()).toEqual([2400, 2400, 3000])
  // Two cycles are over.
  expect(await nextAmount()).toBe(3000)
  const redeemed = await rowsOf(world, 'discount_redemptions')
  expect(redeemed.map(({ status }) => status)).toEqual(['used'])
})

test('a pause that is offered may be taken where customers may not pause by themselves', async () => {
  await offers({ type: 'pause', pause_months: 2, reasons: null })
  await expect(pauseSubscription(await asCustomer(), id)).rejects.toMatchObject({
    code: 'SUBSCRIPTION_CUSTOMER_PAUSE_DISABLED',
  })
  const made = await make()
  await accept(made?.offer_id)
  const paused = await getSubscription(await world.fresh(), id)
  expect([paused.status, paused.paused_by, paused.resumes_at?.toString().slice(0, 10)]).toEqual([
    'paused',
    'customer',
    '2026-03-01',
  ])
  expect((await accept(made?.offer_id)).answer).toBe('accepted')
  expect((await resumeSubscription(await asCustomer(), id)).status).toBe('active')
})

test('one for the reason goes before one for all; what does not suit is left out', async () => {
  const general = { type: 'pause', pause_months: 1, reasons: null } as const
  await offers({ type: 'downgrade', reasons: ['too_expensive'] }, general, {
    ...(await stay20()),
    reasons: ['too_expensive'],
  })
  // There is no smaller plan, so the discount is the first for that reason.
  expect((await make('too_expensive'))?.type).toBe('discount')
})

test('it is made once in half a year', async () => {
  await offers({ type: 'pause', pause_months: 1, reasons: null })
  const [one, two] = await Promise.all([make(), make()])
  expect([one, two].filter((made) => made !== undefined)).toHaveLength(1)
  await world.advanceTo('2026-06-30T00:00:00Z')
  expect(await make()).toBeUndefined()
  await world.advanceTo('2026-07-02T00:00:00Z')
  expect((await make())?.type).toBe('pause')
  const trail = (await rowsOf(world, 'audit_entries')).filter(({ action }) => action === 'subscription.offer_made')
  expect(trail).toHaveLength(2)
})

test('declined, it hands back what was asked for', async () => {
  await offers({ type: 'pause', pause_months: 1, reasons: ['unused'] })
  expect(await make('too_expensive')).toBeUndefined()
  const made = await make('unused')
  const declined = await declineOffer(await asCustomer(), id, made?.offer_id ?? '')
  expect(declined).toMatchObject({
    answer: 'declined',
    effective_at: 'next_billing_date',
    cancellation_feedback: 'unused',
    cancellation_comment: 'Only for the summer.',
  })
  await expect(declineOffer(await asCustomer(), id, 'cof_nobodys')).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('the API says and sets them; a code that is not there is refused, and nothing changes', async () => {
  const path = '/portico/cancellation-offer'
  const pause = { type: 'pause', reasons: ['unused'], pause_months: 2, discount_code: null }
  const one = await call(world, path, {
    method: 'PUT',
    json: { offers: [{ type: 'pause', pause_months: 2, reasons: ['unused'] }] },
  })
  expect([one.status, one.body]).toEqual([200, { offers: [pause] }])
  const unknown = { offers: [{ type: 'discount', discount_code: 'NOBODYS' }] }
  expect((await call(world, path, { method: 'PUT', json: unknown })).body.code).toBe('INVALID_DISCOUNT_CODE')
  const twice = { offers: [{ type: 'downgrade' }, { type: 'downgrade' }] }
  expect((await call(world, path, { method: 'PUT', json: twice })).status).toBe(422)
  expect((await call(world, path)).body).toEqual({ offers: [pause] })
})
