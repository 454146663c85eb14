// A plan by usage from its meter to its history, through the published SDK.
import DodoPayments from 'dodopayments'
import { expect, onTestFinished, test } from 'vitest'
import { use } from '#test/support/metered.ts'
import { subscribeTo } from '#test/support/plans.ts'
import { createWorld } from '#test/support/world.ts'
import { problemsOf } from './published-schemas.ts'

test('a metered plan is made, sold, used, told and billed', async () => {
  const world = await createWorld({ startsAt: '2026-01-01T00:00:00Z' })
  onTestFinished(world.close)
  const checked = async (to: string | URL | Request, init?: RequestInit) => {
    const answer = await world.app.request(to as string, init)
    const path = new URL(String(to)).pathname.replace(/^\/api/, '')
    if (answer.status === 200) {
      expect(problemsOf(init?.method ?? 'get', path, await answer.clone().json())).toEqual([])
    }
    return answer
  }
  const client = new DodoPayments({ bearerToken: world.api_key, baseURL: world.urls.api(), fetch: checked })
  const { id: meter_id } = await client.meters.create({
    name: 'API calls',
    event_name: 'api_request',
    measurement_unit: 'calls',
    aggregation: { type: 'count' },
  })
  const price = {
    type: 'usage_based_price',
    currency: 'USD',
    fixed_price: 1000,
    payment_frequency_count: 30,
    payment_frequency_interval: 'Day',
    subscription_period_count: 10,
    subscription_period_interval: 'Year',
    meters: [{ meter_id, price_per_unit: '0.25', free_threshold: 1000 }],
  } as const
  const make = (meters: readonly object[]) =>
    client.products.create({
      name: 'Calls',
      tax_category: 'saas',
      price: { ...price, meters } as unknown as DodoPayments.Price,
    })
  const product = await make(price.meters)
  const meter = { meter_id, name: 'API calls', measurement_unit: 'calls', description: null, price_per_unit: '0.25' }
  expect(product.price).toMatchObject({ ...price, meters: [{ ...meter, free_threshold: 1000 }] })
  const [listed] = (await client.products.list({ page_number: 0 })).items
  expect(listed?.price_detail).toEqual(product.price)
  await expect(make([{ meter_id }])).rejects.toMatchObject({ status: 422 })
  await expect(make([{ meter_id: 'mtr_nobody', price_per_unit: '1' }])).rejects.toMatchObject({ status: 422 })
  await expect(make([{ meter_id, price_per_unit: '0.0' }])).rejects.toMatchObject({ status: 422 })

  const id = await subscribeTo(world, product.product_id)
  expect((await client.subscriptions.retrieve(id)).meters).toEqual([
    { ...meter, currency: 'USD', free_threshold: 1000 },
  ])
  await use(world, 1003)
  const history = async (query: DodoPayments.SubscriptionRetrieveUsageHistoryParams = {}) =>
    (await client.subscriptions.retrieveUsageHistory(id, { page_number: 0, ...query })).items
  const [running] = await history()
  // 3 × 0.25 = 0.75 → 1
  const used = { id: meter_id, name: 'API calls', consumed_units: '1003', chargeable_units: '3', total_price: 1 }
  expect(running?.meters).toEqual([{ ...used, free_threshold: 1000, price_per_unit: '0.25', currency: 'USD' }])
  await world.advanceTo('2026-03-05T00:00:00Z')
  const periods = await history()
  expect(periods.map(({ start_date, meters }) => [start_date.slice(5, 10), meters[0]?.total_price])).toEqual([
    ['03-02', 0],
    ['01-31', 0],
    ['01-01', 1],
  ])
  expect(await history({ page_size: 1, page_number: 2 })).toEqual([periods[2]])
  expect(await history({ end_date: '2026-01-15T00:00:00Z', meter_id })).toEqual([periods[2]])
  expect(await history({ meter_id: 'mtr_nobody' })).toEqual([])
  const [, renewal] = (await client.payments.list({ page_number: 0, subscription_id: id })).items
  expect(renewal?.total_amount).toBe(1001)
  const { items } = await client.payments.retrieveLineItems(renewal?.payment_id ?? '')
  expect(items.map(({ amount }) => amount)).toEqual([1000, 1])
})
