// What was used before the end stays owed: it is in the list of what is owed, and is paid under its link.
import { expect, test } from 'vitest'
import { listOpenDues } from '#core/payments/list-open-dues.ts'
import { findPayLink } from '#core/recovery/pay-links.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { cards, post } from '#test/support/buy.ts'
import { makeMeter, makeMetered, use } from '#test/support/metered.ts'
import { subscribeTo } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf, stateOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'

const { newWorld } = stage()

test('declined at the end, the last usage is owed, can be paid by its link, and then nothing is', async () => {
  const world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  const meter_id = await makeMeter(world)
  const metered = await makeMetered(world, [{ meter_id, free_threshold: 0, price_per_unit: '5' }])
  const id = await subscribeTo(world, metered, { card: cards.failsLater })
  await use(world, 200)
  await cancelSubscription(await world.fresh(), id, { timing: 'now' })
  const customer_id = (await rowsOf(world, 'customers'))[0]?.customer_id ?? ''
  const owed = async () => listOpenDues(await world.fresh(), customer_id)

  // 200 × 0.05
  const link = world.urls.pay((await findPayLink(await world.fresh(), id))?.pay_link_id ?? '')
  expect(await owed()).toMatchObject([{ subscription_id: id, total: 1000, subscription_status: 'cancelled' }])
  const page = await (await world.app.request(link)).text()
  expect(page).toContain('$10.00')
  expect(page).toContain('Metered has ended')

  const there = (await post(world, link, {})).headers.get('location') ?? ''
  const card = { number: cards.good, expiry: '12/34', cvc: '123', name: 'Mara Lindqvist' }
  const back = (await post(world, there, card)).headers.get('location') ?? ''
  await world.app.request(back)
  expect(await (await world.app.request(link)).text()).toContain('Nothing is owed')
  expect(await owed()).toEqual([])
  expect(await stateOf(world, id)).toMatch(/^cancelled/)
  // The card was for this once.
  expect(await rowsOf(world, 'payment_methods')).toHaveLength(1)
  expect(await brokenInvariants(world)).toEqual([])
})
