// A plan by usage from its meter to its history, through the published SDK.
import type DodoPayments from 'dodopayments'
import { NotFoundError } from 'dodopayments'
import { describe, expect, test } from 'vitest'
import { checkedClient } from '#test/conformance/checked-client.ts'
import { use } from '#test/support/metered.ts'
import { subscribeTo } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'

const { newWorld } = stage()

describe('usage', () => {
  test('a metered plan is made, sold, used, told and billed', async () => {
    const world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
    const client = checkedClient(world)
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

  test('meters are found, put away and brought back', async () => {
    const client = checkedClient(await newWorld())
    const meter = await client.meters.create({
      name: 'Storage',
      event_name: 'stored',
      measurement_unit: 'GB',
      aggregation: { type: 'max', key: 'gigabytes' },
    })
    expect(await client.meters.retrieve(meter.id)).toEqual(meter)
    await client.meters.archive(meter.id)
    expect((await client.meters.list({ page_number: 0 })).items).toEqual([])
    expect((await client.meters.list({ archived: true, page_number: 0 })).items.map(({ id }) => id)).toEqual([meter.id])
    await client.meters.unarchive(meter.id)
    expect((await client.meters.list({ page_number: 0 })).items.map(({ id }) => id)).toEqual([meter.id])
  })

  test('events are taken once, and read again as they were sent', async () => {
    const world = await newWorld()
    const client = checkedClient(world)
    const { customer_id } = await client.customers.create({ email: 'mara@northwind.example', name: 'Mara' })
    const event = {
      event_id: 'call-1',
      event_name: 'api_request',
      customer_id,
      metadata: { region: 'eu', cached: true },
    }
    const other = { event_id: 'call-2', event_name: 'stored', customer_id }
    expect(await client.usageEvents.ingest({ events: [event, other] })).toEqual({ ingested_count: 2 })
    expect(await client.usageEvents.ingest({ events: [event] })).toEqual({ ingested_count: 0 })
    expect(await client.usageEvents.retrieve('call-1')).toMatchObject({ ...event, business_id: world.business_id })
    const listed = await client.usageEvents.list({ event_name: 'stored', page_number: 0 })
    expect(listed.items.map(({ event_id }) => event_id)).toEqual(['call-2'])
    await expect(client.usageEvents.retrieve('call-3')).rejects.toBeInstanceOf(NotFoundError)
  })
})
