import { beforeEach, expect, test } from 'vitest'
import { resubscribe } from '#core/checkout/resubscribe.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import { withActor } from '#src/context.ts'
import { payCheckout } from '#test/support/buy.ts'
import { change, makePlans, type Plans, subscribeTo } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()
let world: World
let plans: Plans
let id: string

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  plans = await makePlans(world)
  id = await subscribeTo(world, plans.pro, {}, 14)
  await change(world, id, plans.pro, { quantity: 2, addons: [{ addon_id: plans.addon_id, quantity: 3 }] })
})

const again = async () => resubscribe(await world.fresh(), id)
const end = async () => cancelSubscription(await world.fresh(), id, { timing: 'now' })

test('the same plan for the same customer, without another trial', async () => {
  await end()
  const { checkout_id } = await again()
  await payCheckout(world, checkout_id)
  const bought = (await rowsOf(world, 'checkout_sessions')).find((row) => row.checkout_id === checkout_id)
  const { status, quantity, addons, customer_id, in_trial } = await getSubscription(
    await world.fresh(),
    bought?.subscription_id ?? '',
  )
  const before = await getSubscription(await world.fresh(), id)
  expect([status, quantity, addons, in_trial]).toEqual([
    'active',
    2,
    [{ addon_id: plans.addon_id, quantity: 3 }],
    false,
  ])
  expect(customer_id).toBe(before.customer_id)
})

test('add-ons that are no longer offered are left out; a plan that is no longer sold cannot be bought', async () => {
  await end()
  const ctx = await world.fresh()
  await ctx.db.deleteFrom('product_addons').where('business_id', '=', world.business_id).execute()
  expect((await again()).product_cart).toEqual([{ product_id: plans.pro, quantity: 2, addons: [], amount: null }])
  const products = ctx.db.updateTable('products').where('business_id', '=', world.business_id)
  await products.set({ archived_at: ctx.clock.now() }).execute()
  await expect(again()).rejects.toMatchObject({ code: 'PRODUCT_IS_DELETED' })
})

test('pressed twice it is one checkout, until that is bought or something else would be', async () => {
  await end()
  const [first, second] = await Promise.all([again(), again()])
  expect(second.checkout_id).toBe(first.checkout_id)
  const ctx = await world.fresh()
  await ctx.db.deleteFrom('product_addons').where('business_id', '=', world.business_id).execute()
  const other = await again()
  expect(other.checkout_id).not.toBe(first.checkout_id)
  await payCheckout(world, other.checkout_id)
  expect((await again()).checkout_id).not.toBe(other.checkout_id)
})

test('not while it runs, and not by somebody else', async () => {
  await expect(again()).rejects.toMatchObject({ code: 'UNSUPPORTED_ACTION' })
  await end()
  const other = withActor(await world.fresh(), { type: 'customer', id: 'cus_other' })
  await expect(resubscribe(other, id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
