// Disputes: recorded and told, without any effect on the subscription; what the bank took back cannot be refunded or credited again.
import { beforeEach, expect, test } from 'vitest'
import { createRefund } from '#core/refunds/create-refund.ts'
import { readPeriodValues } from '#core/subscriptions/period-values.ts'
import { buy, download, plan, post } from '#test/support/buy.ts'
import { change, makePlans, paid, subscribeTo } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf, stateOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const card = '4000000000000259'

const { newWorld } = stage()

let world: World

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
})

async function hear(): Promise<void> {
  await world.modes.test.sandbox?.deliverPending()
  await world.work()
}

const dispute = async () => {
  const [row] = await rowsOf(world, 'disputes')
  if (row === undefined) throw new Error('there is no dispute')
  return row
}
const told = async () =>
  (await rowsOf(world, 'events')).map(({ type }) => type).filter((type) => type.startsWith('dispute.'))
const move = async (step: 'challenged' | 'won' | 'lost') => {
  await world.modes.test.sandbox?.moveDispute((await dispute()).processor_reference, step)
  await hear()
}
const refund = async () => {
  const { payment_id } = await dispute()
  return createRefund(await world.fresh(), { payment_id, items: null, reason: null, metadata: {} })
}

test('opened and lost: the subscription goes on, and nothing is left to refund or to credit', async () => {
  const plans = await makePlans(world)
  const subscription_id = await subscribeTo(world, plans.basic, { card })
  await hear()
  const { payment_id, dispute_id } = await dispute()
  const client = world.client()
  const payment = await client.payments.retrieve(payment_id)
  expect(payment.disputes).toMatchObject([{ dispute_id, amount: '3000', dispute_status: 'dispute_opened' }])
  expect(payment.disputes[0]?.remarks).toContain('/sandbox/disputes/sbx_dsp_')
  await expect(refund()).rejects.toMatchObject({ code: 'NOTHING_TO_REFUND' })
  await move('lost')
  expect(await told()).toEqual(['dispute.opened', 'dispute.lost'])
  expect((await client.payments.list({ page_number: 0 })).items[0]?.dispute_status).toBe('dispute_lost')
  await expect(refund()).rejects.toMatchObject({ code: 'NOTHING_TO_REFUND' })
  expect(await stateOf(world, subscription_id)).toBe('active until 2026-01-31')
  const values = await readPeriodValues(await world.fresh(), subscription_id)
  expect(values.map(({ gross }) => gross)).toEqual([0])
  await world.advanceTo('2026-01-16T00:00:00Z')
  await change(world, subscription_id, plans.pro)
  // 80.00 × ½, and nothing for the 30.00 that went back
  expect((await paid(world)).at(-1)).toBe('01-16 40.00')
  expect(await brokenInvariants(world)).toEqual([])
})

test('won: the money may be refunded again, once', async () => {
  await buy(world, download(4900), { card })
  await hear()
  await move('challenged')
  await move('won')
  await hear()
  expect(await told()).toEqual(['dispute.opened', 'dispute.challenged', 'dispute.won'])
  expect((await dispute()).remarks).toBeNull()
  expect((await refund()).amount).toBe(4900)
  await expect(refund()).rejects.toMatchObject({ code: 'PAYMENT_ALREADY_REFUNDED' })
  expect(await brokenInvariants(world)).toEqual([])
})

test('told twice, late or before the payment is settled, it is one dispute', async () => {
  await buy(world, plan(), { card })
  await hear()
  await world.ctx.db
    .updateTable('processor_events')
    .set({ read_at: null, next_attempt_at: world.ctx.wall.now() })
    .where('kind', '=', 'dispute')
    .execute()
  await world.work()
  expect((await rowsOf(world, 'disputes')).length).toBe(1)
  expect(await told()).toEqual(['dispute.opened'])
})

test('its page lets whoever knows it decide, once', async () => {
  await buy(world, plan(), { card })
  await hear()
  const { processor_reference } = await dispute()
  const page = `${world.urls.base}/sandbox/disputes/${processor_reference}`
  expect(await (await world.app.request(page)).text()).toContain('The holder wins')
  expect((await post(world, page, { step: 'lost' })).status).toBe(303)
  await post(world, page, { step: 'won' })
  await hear()
  expect((await dispute()).status).toBe('dispute_lost')
  expect(await (await world.app.request(page)).text()).toContain('who has the money back')
  expect((await world.app.request(`${world.urls.base}/sandbox/disputes/none`)).status).toBe(404)
})
