// Through the published SDK: a term is extended, a subscription that was charged on demand begins to renew, its customer has another name.
import type DodoPayments from 'dodopayments'
import { beforeEach, describe, expect, test } from 'vitest'
import { createProduct } from '#core/catalog/create-product.ts'
import { pauseSubscription } from '#core/subscriptions/pause-subscription.ts'
import { resumeSubscription } from '#core/subscriptions/resume-subscription.ts'
import { checkedClient } from '#test/conformance/checked-client.ts'
import { buy, cards, payCheckout, plan } from '#test/support/buy.ts'
import { stage } from '#test/support/stage.ts'
import { capturesOf, rowsOf, stateOf } from '#test/support/story.ts'
import { brokenInvariants, timeline } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

let world: World
let client: DodoPayments

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-03-01T00:00:00Z' })
  client = checkedClient(world)
})

const amounts = async () => (await capturesOf(world)).map(({ amount }) => amount)
const endOf = async (id: string) => (await client.subscriptions.retrieve(id)).expires_at?.slice(0, 10)
const months = (count: number) => plan({ subscription_period_count: count, subscription_period_interval: 'Month' })

describe('a longer term', () => {
  test('two months become four: it renews where it would have ended, and ends later', async () => {
    const { subscription_id: id } = await buy(world, months(2))
    await world.advanceTo('2026-04-20T00:00:00Z')
    expect(await endOf(id)).toBe('2026-05-01')
    const extended = await client.subscriptions.update(id, { subscription_period_count: 4 })
    expect(extended).toMatchObject({ subscription_period_count: 4, subscription_period_interval: 'Month' })
    expect([await endOf(id), await stateOf(world, id)]).toEqual(['2026-07-01', 'active until 2026-05-01'])
    await world.advanceTo('2026-08-01T00:00:00Z')
    expect((await timeline(world, id)).slice(-3)).toEqual([
      '2026-06-01 payment.succeeded 30.00',
      '2026-06-01 subscription.renewed',
      '2026-07-01 subscription.expired',
    ])
    expect(await amounts()).toEqual([3000, 3000, 3000, 3000])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('a shorter one is refused, whatever it is counted in; the same one changes nothing', async () => {
    const { subscription_id: id } = await buy(world, months(12))
    for (const shorter of [
      { subscription_period_count: 11 },
      { subscription_period_interval: 'Week' as const },
      { subscription_period_count: 364, subscription_period_interval: 'Day' as const },
    ]) {
      await expect(client.subscriptions.update(id, shorter)).rejects.toMatchObject({
        status: 422,
        error: { code: 'INVALID_REQUEST_PARAMETERS', message: expect.stringContaining('only be extended') },
      })
    }
    await expect(client.subscriptions.update(id, { subscription_period_count: 3000 })).rejects.toMatchObject({
      error: { message: expect.stringContaining('a hundred years') },
    })
    expect(await endOf(id)).toBe('2027-03-01')
    await client.subscriptions.update(id, { subscription_period_count: 1, subscription_period_interval: 'Year' })
    expect(await endOf(id)).toBe('2027-03-01')
  })

  test('a period that the old end cut is not charged again; whole ones follow from there', async () => {
    const term = { subscription_period_count: 45, subscription_period_interval: 'Day' } as const
    const { subscription_id: id } = await buy(world, plan(term))
    await world.advanceTo('2026-04-02T00:00:00Z')
    // 14 of the 30 days of April.
    expect([await amounts(), await stateOf(world, id)]).toEqual([[3000, 1400], 'active until 2026-04-15'])
    await client.subscriptions.update(id, { subscription_period_count: 105 })
    // 105 days from 1 March.
    expect([await stateOf(world, id), await endOf(id)]).toEqual(['active until 2026-04-15', '2026-06-14'])
    await world.advanceTo('2026-04-08T00:00:00Z')
    // Half of the 14 days: what is given back is half of 14.00, what is charged half of 14 thirtieths of 60.00, not half of 60.00.
    const { product_id } = await createProduct(await world.fresh(), plan({ price: 6000 }, { name: 'Studio Pro' }))
    const change = { product_id, quantity: 1, proration_billing_mode: 'prorated_immediately' } as const
    const { immediate_charge } = await client.subscriptions.previewChangePlan(id, change)
    expect(immediate_charge.summary.total_amount).toBe(1400 - 700)
    await world.advanceTo('2026-06-20T00:00:00Z')
    // From 15 April a whole month, then 15 May to 14 June is cut again: 30 of 31 days.
    expect(await amounts()).toEqual([3000, 1400, 3000, 2903])
    expect((await timeline(world, id)).at(-1)).toBe('2026-06-14 subscription.expired')
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('extended while it rests or is on hold, the time of that stays added', async () => {
    const { subscription_id: id } = await buy(world, months(2))
    await world.advanceTo('2026-03-11T00:00:00Z')
    await pauseSubscription(await world.fresh(), id)
    await client.subscriptions.update(id, { subscription_period_count: 3 })
    await world.advanceTo('2026-03-21T00:00:00Z')
    await resumeSubscription(await world.fresh(), id)
    // 1 June, and ten days.
    expect([await endOf(id), await stateOf(world, id)]).toEqual(['2026-06-11', 'active until 2026-04-11'])
    await client.subscriptions.update(id, { subscription_period_count: 4 })
    expect(await endOf(id)).toBe('2026-07-11')
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('on hold, the end that nobody paid for comes later', async () => {
    const { subscription_id: id } = await buy(world, months(2), { card: cards.failsLater })
    await world.advanceTo('2026-04-20T00:00:00Z')
    expect(await stateOf(world, id)).toBe('on_hold until 2026-04-01')
    await client.subscriptions.update(id, { subscription_period_count: 3 })
    await world.advanceTo('2026-05-10T00:00:00Z')
    expect((await client.subscriptions.retrieve(id)).status).toBe('on_hold')
    await world.advanceTo('2026-06-01T00:05:00Z')
    expect((await client.subscriptions.retrieve(id)).status).toBe('cancelled')
    await expect(client.subscriptions.update(id, { subscription_period_count: 9 })).rejects.toMatchObject({
      error: { code: 'SUBSCRIPTION_INACTIVE' },
    })
  })

  test('owed for a part of a period, it is extended only once that is paid', async () => {
    const term = { subscription_period_count: 45, subscription_period_interval: 'Day' } as const
    const { subscription_id: id } = await buy(world, plan(term), { card: cards.failsLater })
    await world.advanceTo('2026-04-02T00:00:00Z')
    await expect(client.subscriptions.update(id, { subscription_period_count: 105 })).rejects.toMatchObject({
      status: 422,
      error: { code: 'UNSUPPORTED_ACTION' },
    })
  })
})

describe('charged on demand, and then by itself', () => {
  async function begin(on_demand: DodoPayments.OnDemandSubscription): Promise<string> {
    const { product_id } = await createProduct(await world.fresh(), plan())
    const ordered = await client.subscriptions.create({
      ...{ product_id, quantity: 2, on_demand, payment_link: true },
      ...{ customer: { email: 'mara@northwind.example', name: 'Mara' }, billing: { country: 'SE' } },
    })
    await payCheckout(world, ordered.payment_link?.split('/').at(-1) ?? '')
    return ordered.subscription_id
  }
  const from = (next_billing_date: string) => ({ disable_on_demand: { next_billing_date } })

  test('it renews from the date on at its product’s price; what came before is charged for no more', async () => {
    const id = await begin({ mandate_only: false, product_price: 1200 })
    await world.advanceTo('2026-03-21T00:00:00Z')
    const renewing = await client.subscriptions.update(id, from('2026-04-01T00:00:00Z'))
    expect(renewing).toMatchObject({ on_demand: false, recurring_pre_tax_amount: 6000, status: 'active' })
    expect(await stateOf(world, id)).toBe('active until 2026-04-01')
    await expect(client.subscriptions.charge(id, { product_price: 500 })).rejects.toMatchObject({
      error: { code: 'SUBSCRIPTION_NOT_ON_DEMAND' },
    })
    // 11 of 31 days at 120.00: nothing was paid for them before.
    const { product_id } = await createProduct(await world.fresh(), plan({ price: 6000 }, { name: 'Studio Pro' }))
    const change = { product_id, quantity: 2, proration_billing_mode: 'prorated_immediately' } as const
    const { immediate_charge } = await client.subscriptions.previewChangePlan(id, change)
    expect(immediate_charge.summary.total_amount).toBe(4258)
    await world.advanceTo('2026-05-02T00:00:00Z')
    // Twice 12.00, then twice 30.00 on 1 April and 1 May.
    expect(await amounts()).toEqual([2400, 6000, 6000])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('a date of now renews at once; one in the past, after the term, or for what renews already is refused', async () => {
    const id = await begin({ mandate_only: true })
    await world.advanceTo('2026-03-21T00:00:00Z')
    for (const date of ['2026-03-20T00:00:00Z', '2046-01-01T00:00:00Z']) {
      await expect(client.subscriptions.update(id, from(date))).rejects.toMatchObject({ status: 422 })
    }
    await expect(
      client.subscriptions.update(id, { ...from('2026-04-01T00:00:00Z'), next_billing_date: '2026-04-01T00:00:00Z' }),
    ).rejects.toMatchObject({ status: 422 })
    const now = (await world.fresh()).clock.now().toString()
    await client.subscriptions.update(id, from(now))
    expect([await amounts(), await stateOf(world, id)]).toEqual([[6000], 'active until 2026-04-21'])
    await expect(client.subscriptions.update(id, from('2026-05-01T00:00:00Z'))).rejects.toMatchObject({
      error: { code: 'SUBSCRIPTION_NOT_ON_DEMAND' },
    })
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('one that is to end is not begun', async () => {
    const id = await begin({ mandate_only: true })
    await client.subscriptions.update(id, { cancel_at_next_billing_date: true })
    await expect(client.subscriptions.update(id, from('2026-04-01T00:00:00Z'))).rejects.toMatchObject({
      error: { code: 'UNSUPPORTED_ACTION' },
    })
  })

  test('its term is its one period, and is extended with it', async () => {
    const id = await begin({ mandate_only: true })
    expect(await stateOf(world, id)).toBe('active until 2036-03-01')
    await client.subscriptions.update(id, { subscription_period_count: 11 })
    expect([await stateOf(world, id), await endOf(id)]).toEqual(['active until 2037-03-01', '2037-03-01'])
    expect(await brokenInvariants(world)).toEqual([])
  })
})

test('customer_name is the name of its customer; null says nothing', async () => {
  const { subscription_id: id, customer_id } = await buy(world)
  expect((await client.subscriptions.update(id, { customer_name: 'Mara Lind-Okafor' })).customer.name).toBe(
    'Mara Lind-Okafor',
  )
  await client.subscriptions.update(id, { customer_name: null, metadata: { seen: 'yes' } })
  expect((await client.customers.retrieve(customer_id)).name).toBe('Mara Lind-Okafor')
  const audit = (await rowsOf(world, 'audit_entries')).map(({ action }) => action)
  expect(audit.filter((action) => action === 'customer.updated').length).toBe(1)
})
