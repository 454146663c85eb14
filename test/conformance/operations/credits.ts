// Credit entitlements through the published SDK.
import type DodoPayments from 'dodopayments'
import { BadRequestError, NotFoundError, UnprocessableEntityError } from 'dodopayments'
import { beforeEach, describe, expect, test } from 'vitest'
import { checkedClient } from '#test/conformance/checked-client.ts'
import { cards, payCheckout } from '#test/support/buy.ts'
import { offer } from '#test/support/everyday.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

describe('credit entitlements', () => {
  const { newWorld } = stage()
  let world: World
  let client: DodoPayments

  beforeEach(async () => {
    world = await newWorld()
    client = checkedClient(world)
  })

  const fields = { name: 'AI credits', unit: 'credits', precision: 2, rollover_enabled: false, overage_enabled: true }
  const price = {
    type: 'recurring_price',
    currency: 'USD',
    price: 3000,
    payment_frequency_count: 1,
    payment_frequency_interval: 'Month',
    subscription_period_count: 10,
    subscription_period_interval: 'Year',
  } as const

  test('made, changed, deleted and taken back', async () => {
    const made = await client.creditEntitlements.create({ ...fields, currency: 'USD', price_per_unit: '2.5' })
    expect(made).toMatchObject({ name: 'AI credits', price_per_unit: '2.5', overage_behavior: 'forgive_at_reset' })
    await client.creditEntitlements.update(made.id, { name: 'Credits', overage_limit: 50, price_per_unit: null })
    const changed = await client.creditEntitlements.retrieve(made.id)
    expect(changed).toMatchObject({ name: 'Credits', overage_limit: 50, price_per_unit: null, currency: 'USD' })
    await client.creditEntitlements.delete(made.id)
    await expect(client.creditEntitlements.delete(made.id)).rejects.toMatchObject({ status: 410 })
    const ids = async (deleted: boolean) =>
      (await client.creditEntitlements.list({ deleted, page_number: 0 })).items.map(({ id }) => id)
    expect([await ids(false), await ids(true)]).toEqual([[], [made.id]])
    await client.creditEntitlements.undelete(made.id)
    expect(await ids(false)).toEqual([made.id])
    await expect(client.creditEntitlements.retrieve('cde_nobody')).rejects.toThrow(NotFoundError)
    const unpriced = { ...fields, overage_behavior: 'invoice_at_billing' } as const
    await expect(client.creditEntitlements.create(unpriced)).rejects.toThrow(UnprocessableEntityError)
  })

  test('a product grants them, its subscription says how they stand, and they are used through the ledger', async () => {
    const { id } = await client.creditEntitlements.create(fields)
    const attached = { credit_entitlement_id: id, credits_amount: '100', overage_limit: '10' }
    const product = await client.products.create({
      name: 'Pro',
      tax_category: 'saas',
      price,
      credit_entitlements: [attached],
    })
    expect(product.credit_entitlements).toMatchObject([
      { ...attached, overage_enabled: true, credit_entitlement_name: 'AI credits' },
    ])
    const { checkout_id } = await offer(world, product.product_id)
    await payCheckout(world, checkout_id, { card: cards.good })
    const [{ subscription_id = '', customer_id = '' } = {}] = await rowsOf(world, 'subscriptions')

    const { balances } = client.creditEntitlements
    const debit = { credit_entitlement_id: id, entry_type: 'debit', idempotency_key: 'render-1' } as const
    const entry = await balances.createLedgerEntry(customer_id, { ...debit, amount: '104.25', reason: 'Render' })
    expect(entry).toMatchObject({ amount: '104.25', balance_before: '100', balance_after: '0', overage_after: '4.25' })
    expect(await balances.createLedgerEntry(customer_id, { ...debit, amount: '104.25' })).toEqual(entry)
    const more = { ...debit, idempotency_key: null }
    await expect(balances.createLedgerEntry(customer_id, { ...more, amount: '6' })).rejects.toThrow(BadRequestError)
    await expect(balances.createLedgerEntry(customer_id, { ...more, amount: '0.001' })).rejects.toMatchObject({
      status: 422,
    })

    const held = { credit_entitlement_id: id }
    expect(await balances.retrieve(customer_id, held)).toMatchObject({ balance: '0', overage: '4.25' })
    expect((await balances.list(id, { customer_id, page_number: 0 })).items).toHaveLength(1)
    const [grant] = (await balances.listGrants(customer_id, { ...held, status: 'depleted', page_number: 0 })).items
    expect(grant).toMatchObject({ initial_amount: '100', remaining_amount: '0', source_type: 'subscription' })
    const ledger = await balances.listLedger(customer_id, { ...held, transaction_type: 'credit_added', page_number: 0 })
    expect(ledger.items).toMatchObject([{ amount: '100', is_credit: true, grant_id: grant?.id }])

    const usage = await client.subscriptions.retrieveCreditUsage(subscription_id)
    expect(usage.items).toMatchObject([{ overage: '4.25', remaining_headroom: '5.75', limit_reached: false }])
    const mine = await client.customers.listCreditEntitlements(customer_id)
    expect(mine.items).toMatchObject([{ credit_entitlement_id: id, name: 'AI credits', overage: '4.25' }])
    const { credit_entitlement_cart } = await client.subscriptions.retrieve(subscription_id)
    expect(credit_entitlement_cart).toMatchObject([{ credits_amount: '100', overage_balance: '4.25', unit: 'credits' }])

    const cart = [{ credit_entitlement_id: id, credits_amount: '200', overage_limit: null }]
    const updated = await client.subscriptions.update(subscription_id, { credit_entitlement_cart: cart })
    expect(updated.credit_entitlement_cart).toMatchObject([{ credits_amount: '200', overage_limit: null }])
    expect(await brokenInvariants(world)).toEqual([])
  })
})
