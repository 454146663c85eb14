// Who did what, and all that is kept about one person, as the merchant's own systems read it.
import { expect, test } from 'vitest'
import { call } from '#test/support/api-calls.ts'
import { besides } from '#test/support/besides.ts'
import { buy, plan } from '#test/support/buy.ts'
import { stage } from '#test/support/stage.ts'

const { newWorld } = stage()

interface Entry {
  audit_id: string
  action: string
  resource_id: string
  customer_id: string | null
  actor_type: string
}

test('what a key and Portico did stands in the audit, the latest first, and can be narrowed', async () => {
  const world = await newWorld({ startsAt: '2026-01-31T09:00:00Z' })
  const bought = await buy(world, plan())
  const noor = await buy(world, plan(), { email: 'noor@northwind.example' })
  await world.client().subscriptions.update(bought.subscription_id, { cancel_at_next_billing_date: true })
  await world.advanceTo('2026-03-01T00:00:00Z')
  const list = async (query = '') =>
    (await call(world, `/portico/audit-entries?page_size=100${query}`)).body.items as Entry[]

  const mine = await list(`&customer_id=${bought.customer_id}`)
  expect(mine.every(({ customer_id }) => customer_id === bought.customer_id)).toBe(true)
  const told = mine.map(({ action, actor_type }) => `${action} by ${actor_type}`)
  const at = (line: string) => told.findIndex((one) => one.startsWith(line))
  expect(at('subscription.cancelled by')).toBeGreaterThanOrEqual(0)
  expect(at('subscription.cancellation_scheduled by api_key')).toBeGreaterThan(at('subscription.cancelled by'))

  const all = await list()
  expect(all.map(({ audit_id }) => audit_id)).toEqual(
    all
      .map(({ audit_id }) => audit_id)
      .toSorted()
      .toReversed(),
  )
  expect(all.some(({ customer_id }) => customer_id === noor.customer_id)).toBe(true)
  const ofOne = await list(`&resource_id=${bought.subscription_id}&action=subscription.cancelled`)
  expect(ofOne.map(({ action, resource_id }) => [action, resource_id])).toEqual([
    ['subscription.cancelled', bought.subscription_id],
  ])
  expect(await list('&recorded_at_gte=2100-01-01T00:00:00Z')).toEqual([])
  const second = (await call(world, '/portico/audit-entries?page_size=2&page_number=1')).body.items as Entry[]
  expect(second.map(({ audit_id }) => audit_id)).toEqual(all.slice(2, 4).map(({ audit_id }) => audit_id))
})

test('the export of a customer is the one they can fetch themselves, and that it was made is told', async () => {
  const world = await newWorld()
  const { customer_id } = await buy(world, plan())
  const elsewhere = await besides(world, {})
  const answer = await call(world, `/portico/customers/${customer_id}/export`)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8'])
  expect(answer.body.customers).toMatchObject([{ customer_id }])
  expect(answer.body.payments).toHaveLength(1)
  expect((await call(elsewhere, `/portico/customers/${customer_id}/export`)).status).toBe(404)
  const { body } = await call(world, `/portico/audit-entries?action=customer.data_exported`)
  expect(body.items).toMatchObject([{ resource_id: customer_id, actor_type: 'api_key' }])
})
