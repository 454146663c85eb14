// Discount codes through the published SDK: each answer by the published schema, and the figures a merchant sees.

import type DodoPayments from 'dodopayments'
import { ConflictError, NotFoundError, UnprocessableEntityError } from 'dodopayments'
import type { DiscountCreateParams, DiscountListParams } from 'dodopayments/resources/discounts'
import { beforeEach, describe, expect, test } from 'vitest'
import { createCustomer } from '#core/customers/create-customer.ts'
import { checkedClient } from '#test/conformance/checked-client.ts'
import { payCheckout } from '#test/support/buy.ts'
import { makePlans } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import type { World } from '#test/support/world.ts'

describe('discounts', () => {
  const { newWorld } = stage()
  let world: World
  let client: DodoPayments

  beforeEach(async () => {
    world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
    client = checkedClient(world)
  })

  test('a code is made, read, found, changed and deleted', async () => {
    const made = await client.discounts.create({ type: 'percentage', amount: 2000, code: 'spring20', usage_limit: 9 })
    expect(made).toMatchObject({ code: 'SPRING20', amount: 2000, times_used: 0, customer_eligibility: 'any' })
    expect(await client.discounts.retrieve(made.discount_id)).toEqual(made)
    expect(await client.discounts.retrieveByCode('Spring20')).toEqual(made)
    const again = client.discounts.create({ type: 'percentage', amount: 1, code: 'SPRING20' })
    await expect(again).rejects.toThrow(ConflictError)
    const changed = await client.discounts.update(made.discount_id, { amount: 1500, usage_limit: null })
    expect([changed.amount, changed.usage_limit]).toEqual([1500, null])
    const random = await client.discounts.create({ type: 'percentage', amount: 500 })
    expect(random.code).toMatch(/^[0-9A-Z]{16}$/)
    const codes = async (query: DiscountListParams) =>
      (await client.discounts.list(query)).items.map(({ code }) => code)
    expect(await codes({ code: 'ring' })).toEqual(['SPRING20'])
    expect(await codes({ active: false })).toEqual([])
    expect((await codes({ discount_type: 'percentage' })).length).toBe(2)
    await client.discounts.delete(made.discount_id)
    await expect(client.discounts.retrieve(made.discount_id)).rejects.toThrow(NotFoundError)
    expect((await client.discounts.create({ type: 'percentage', amount: 1, code: 'SPRING20' })).code).toBe('SPRING20')
  })

  test('what contradicts itself is refused', async () => {
    const refused = (body: DiscountCreateParams) => expect(client.discounts.create(body)).rejects
    await refused({ type: 'percentage', amount: 10_001 }).toThrow(UnprocessableEntityError)
    await refused({ type: 'flat', amount: 100 }).toThrow('max_amount_possible')
    await refused({ type: 'percentage', amount: 1, usage_limit: 1, per_customer_usage_limit: 2 }).toThrow(
      'per_customer',
    )
    await refused({ type: 'percentage', amount: 1, restricted_to: ['pdt_0NsYeY7Sb4L4rMIxxKSBz'] }).toThrow('no product')
    const times = { starts_at: '2026-02-01T00:00:00Z', expires_at: '2026-01-01T00:00:00Z' }
    await refused({ type: 'percentage', amount: 1, ...times }).toThrow('starts_at')
  })

  test('a checkout with two codes, what its subscription and payment say of them, and a change that drops one', async () => {
    const plans = await makePlans(world)
    const options = [{ currency: 'USD' as const, max_amount_possible: 400 }]
    await client.discounts.create({ type: 'percentage', amount: 5000, code: 'HALF', subscription_cycles: 3 })
    await client.discounts.create({ type: 'flat', amount: 1, code: 'FOUR', currency_options: options })
    const { session_id } = await client.checkoutSessions.create({
      product_cart: [{ product_id: plans.basic, quantity: 1 }],
      discount_codes: ['HALF', 'FOUR'],
    })
    await payCheckout(world, session_id)
    const [listed] = (await client.subscriptions.list()).items
    const id = listed?.subscription_id ?? ''
    const subscription = await client.subscriptions.retrieve(id)
    expect(
      subscription.discounts?.map(({ code, position, cycles_remaining }) => [code, position, cycles_remaining]),
    ).toEqual([
      ['HALF', 0, 2],
      ['FOUR', 1, null],
    ])
    expect(subscription.discount_cycles_remaining).toBe(2)
    const [paid] = (await client.payments.list({ subscription_id: id })).items
    const payment = await client.payments.retrieve(paid?.payment_id ?? '')
    expect([payment.total_amount, payment.discounts?.map(({ code }) => code)]).toEqual([1100, ['HALF', 'FOUR']])

    await world.advanceTo('2026-01-16T00:00:00Z')
    const body = {
      product_id: plans.pro,
      quantity: 1,
      proration_billing_mode: 'prorated_immediately' as const,
      discount_codes: ['HALF'],
    }
    const preview = await client.subscriptions.previewChangePlan(id, body)
    // (80.00 − 50 %) × ½ less half of 11.00.
    expect(preview.immediate_charge.summary.total_amount).toBe(1450)
    expect(preview.new_plan.discounts?.map(({ code }) => code)).toEqual(['HALF'])
    await client.subscriptions.changePlan(id, body)
    expect((await client.payments.list({ subscription_id: id })).items[0]?.total_amount).toBe(1450)
    expect((await client.subscriptions.retrieve(id)).discounts?.map(({ code }) => code)).toEqual(['HALF'])
  })

  test('the customers of a discount are added all or none, listed and taken off', async () => {
    const { discount_id } = await client.discounts.create({
      type: 'percentage',
      amount: 1,
      customer_eligibility: 'specific',
    })
    const ctx = await world.fresh()
    const mara = await createCustomer(ctx, { email: 'mara@northwind.example', name: 'Mara' })
    const path = `/discounts/${discount_id}/customers`
    const unknown = { customer_ids: [mara.customer_id, 'cus_0NsYeY7Sb4L4rMIxxKSBz'] }
    await expect(client.post(path, { body: unknown })).rejects.toThrow(UnprocessableEntityError)
    await client.post(path, { body: { customer_ids: [mara.customer_id] } })
    expect(await client.get(path)).toMatchObject({ items: [{ customer_id: mara.customer_id }] })
    await client.delete(`${path}/${mara.customer_id}`)
    expect(await client.get(path)).toEqual({ items: [] })
  })
})
