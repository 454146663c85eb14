import { afterAll, beforeAll, expect, test } from 'vitest'
import { call } from '#test/support/api-calls.ts'
import { makePlans, type Plans, subscribeTo } from '#test/support/plans.ts'
import { createWorld, type World } from '#test/support/world.ts'

let world: World
let plans: Plans
let subscription_id: string

beforeAll(async () => {
  world = await createWorld({ startsAt: '2026-01-01T00:00:00Z' })
  plans = await makePlans(world)
  subscription_id = await subscribeTo(world, plans.basic)
  await world.advanceTo('2026-01-16T00:00:00Z')
})
afterAll(() => world.close())

const post = (path: string, json: unknown = {}) => call(world, path, { method: 'POST', json })
const wish = () => ({ product_id: plans.pro, quantity: 1, proration_billing_mode: 'prorated_immediately' })

test('quoted and confirmed: half of 80.00 less half of 30.00', async () => {
  const quote = await post(`/portico/subscriptions/${subscription_id}/quotes`, wish())
  expect(quote.status).toBe(201)
  expect(quote.body).toMatchObject({ subscription_id, charge: 2500, total: 2500, recurring_pre_tax_amount: 8000 })
  const lines = (quote.body as unknown as { lines: { name: string; amount: number; proration_factor: number }[] }).lines
  expect(lines.map(({ name, amount, proration_factor }) => [name, amount, proration_factor.toFixed(2)])).toEqual([
    ['Pro', 4000, '0.50'],
    ['Basic', -1500, '0.50'],
  ])
  const { quote_id } = quote.body as unknown as { quote_id: string }
  const confirmed = await post(`/portico/quotes/${quote_id}/confirm`)
  expect([confirmed.status, confirmed.body]).toMatchObject([200, { quote_id, status: 'applied' }])
  expect((await post(`/portico/quotes/${quote_id}/confirm`)).body).toEqual(confirmed.body)
  const subscription = await world.client().subscriptions.retrieve(subscription_id)
  expect(subscription).toMatchObject({ product_id: plans.pro, recurring_pre_tax_amount: 8000 })
})

test('one that is outdated or not there is refused', async () => {
  const quote = await post(`/portico/subscriptions/${subscription_id}/quotes`, { ...wish(), product_id: plans.starter })
  await world.client().subscriptions.update(subscription_id, { metadata: { note: 'x' } })
  const { quote_id } = quote.body as unknown as { quote_id: string }
  const outdated = await post(`/portico/quotes/${quote_id}/confirm`)
  expect([outdated.status, outdated.body.code]).toEqual([409, 'QUOTE_OUTDATED'])
  expect((await post('/portico/quotes/quo_none/confirm')).status).toBe(404)
})
