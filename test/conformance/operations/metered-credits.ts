// A meter paid by credits, through the published SDK.
import type DodoPayments from 'dodopayments'
import { expect, test } from 'vitest'
import { checkedClient } from '#test/conformance/checked-client.ts'
import { use } from '#test/support/metered.ts'
import { subscribeTo } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { brokenInvariants } from '#test/support/timeline.ts'

const { newWorld } = stage()

test('a meter is priced in credits, sold, used, and told by balance, ledger and history', async () => {
  const world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  const client = checkedClient(world)
  const { id: meter_id } = await client.meters.create({
    ...{ name: 'API calls', event_name: 'api_request', measurement_unit: 'calls', aggregation: { type: 'count' } },
  })
  const { id: credit_entitlement_id } = await client.creditEntitlements.create({
    ...{ name: 'Credits', unit: 'credits', precision: 0, overage_enabled: false, rollover_enabled: false },
  })
  const make = (meter: object) =>
    client.products.create({
      name: 'Calls',
      tax_category: 'saas',
      credit_entitlements: [{ credit_entitlement_id, credits_amount: '20' }],
      price: {
        ...{ type: 'usage_based_price', currency: 'USD', fixed_price: 1000 },
        ...{ payment_frequency_count: 30, payment_frequency_interval: 'Day' },
        ...{ subscription_period_count: 10, subscription_period_interval: 'Year' },
        meters: [{ meter_id, ...meter }],
      } as unknown as DodoPayments.Price,
    })
  const paidBy = { credit_entitlement_id, meter_units_per_credit: '10' }
  const { product_id, price } = await make({ ...paidBy, free_threshold: 5 })
  expect(price).toMatchObject({ meters: [{ ...paidBy, price_per_unit: null, free_threshold: 5 }] })
  for (const wrong of [{ credit_entitlement_id }, { meter_units_per_credit: '10', price_per_unit: '1' }]) {
    await expect(make(wrong)).rejects.toMatchObject({ status: 422 })
  }
  const nobody = { credit_entitlement_id: 'cde_nobody', meter_units_per_credit: '10' }
  await expect(make(nobody)).rejects.toMatchObject({ status: 422 })

  const id = await subscribeTo(world, product_id)
  const { customer, meter_credit_entitlement_cart } = await client.subscriptions.retrieve(id)
  expect(meter_credit_entitlement_cart).toEqual([{ ...paidBy, meter_id, meter_name: 'API calls', product_id }])
  await use(world, 105)
  await world.work()
  const held = { credit_entitlement_id }
  const { balance } = await client.creditEntitlements.balances.retrieve(customer.customer_id, held)
  // 105 − 5 free = 100 calls, ten for a credit
  expect(Number(balance)).toBe(10)
  const { items } = await client.creditEntitlements.balances.listLedger(customer.customer_id, {
    ...held,
    transaction_type: 'credit_deducted',
  })
  expect(items.map(({ amount, reference_id }) => [Number(amount), reference_id])).toEqual([[10, meter_id]])
  const [running] = (await client.subscriptions.retrieveUsageHistory(id)).items
  expect(running?.meters).toMatchObject([{ consumed_units: '105', chargeable_units: '100', total_price: 0 }])
  expect(await brokenInvariants(world)).toEqual([])
})
