// Removing a saved method, through the API.
import { beforeEach, expect, test } from 'vitest'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { updatePaymentMethod } from '#core/subscriptions/update-payment-method.ts'
import { type Bought, buy, cards, plan } from '#test/support/buy.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

let world: World
let first: Bought

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  first = await buy(world, plan(), { card: cards.good })
})

const methods = async () =>
  (await rowsOf(world, 'payment_methods')).map(({ card_last_four, is_default, removed_at }) =>
    [card_last_four, is_default ? 'default' : '', removed_at === null ? '' : 'removed'].join(' ').trim(),
  )
const idOf = async (four: string) =>
  (await rowsOf(world, 'payment_methods')).find(({ card_last_four }) => card_last_four === four)?.payment_method_id ??
  ''
const remove = (payment_method_id: string, customer_id = first.customer_id) =>
  world.client().customers.deletePaymentMethod(payment_method_id, { customer_id })

test('not while a running subscription is paid with it; afterwards, and as often as one likes', async () => {
  await buy(world, plan({}, { name: 'Other' }), { card: cards.mastercard })
  const good = await idOf('4242')
  await expect(remove(good)).rejects.toMatchObject({ status: 409 })
  await updatePaymentMethod(await world.fresh(), first.subscription_id, await idOf('4444'))
  await remove(good)
  await remove(good)
  expect(await methods()).toEqual(['4242  removed', '4444 default'])
  await world.work()
  const forgotten = await world.database.connections
    .pool('sandbox')
    .db.selectFrom('methods')
    .select(['card_last_four', 'status'])
    .execute()
  expect(forgotten.find(({ card_last_four }) => card_last_four === '4242')?.status).toBe('removed')
  await expect(updatePaymentMethod(await world.fresh(), first.subscription_id, good)).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})

test('the method of a subscription that has ended may go; saved again it is a new one', async () => {
  await cancelSubscription(await world.fresh(), first.subscription_id, { timing: 'now' })
  await remove(await idOf('4242'))
  await buy(world, plan({}, { name: 'Other' }), { card: cards.good })
  expect(await methods()).toEqual(['4242  removed', '4242 default'])
})

test('a method of somebody else is not there', async () => {
  const other = await buy(world, plan({}, { name: 'Other' }), { email: 'noor@example.com' })
  await expect(remove(await idOf('4242'), other.customer_id)).rejects.toMatchObject({ status: 404 })
  await expect(remove('pm_nobody')).rejects.toMatchObject({ status: 404 })
})

test('used and removed at the same moment: one of them wins', async () => {
  await buy(world, plan({}, { name: 'Other' }), { card: cards.mastercard })
  await updatePaymentMethod(await world.fresh(), first.subscription_id, await idOf('4444'))
  const good = await idOf('4242')
  for (let round = 0; round < 5; round++) {
    const ctx = await world.fresh()
    const [used, removed] = await Promise.allSettled([
      updatePaymentMethod(ctx, first.subscription_id, good),
      remove(good),
    ])
    expect([used.status, removed.status].filter((status) => status === 'fulfilled').length).toBe(1)
    if (removed.status === 'fulfilled') break
    await updatePaymentMethod(ctx, first.subscription_id, await idOf('4444'))
  }
})
