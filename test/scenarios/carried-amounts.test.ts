// What is too small to be charged (the sandbox: 0.50) waits for the subscription's next invoice.
import { beforeEach, describe, expect, test } from 'vitest'
import { createProduct } from '#core/catalog/create-product.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { depositToWallet } from '#core/wallets/deposit-to-wallet.ts'
import { cards, plan } from '#test/support/buy.ts'
import { change, makePlans, type Plans, paid, subscribeTo } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf, stateOf } from '#test/support/story.ts'
import { brokenInvariants, timeline } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

let world: World
let plans: Plans

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  plans = await makePlans(world)
})

async function tiny(price: number): Promise<string> {
  const monthly = { payment_frequency_count: 30, payment_frequency_interval: 'Day' } as const
  return (await createProduct(await world.fresh(), plan({ price, ...monthly }, { name: 'Tiny' }))).product_id
}

/** A free trial, then so little every 30 days: 11 January, 10 February, 12 March, 11 April. */
const subscribeTiny = async (price: number, card: string = cards.good) =>
  subscribeTo(world, await tiny(price), { card }, 10)

/** "0.30 − 0.30": the lines of each invoice. */
async function invoices(): Promise<string[]> {
  const rows = await rowsOf(world, 'invoices')
  const documents = rows.map(
    ({ document }) => document as { lines: { amount: number; carried?: string }[]; total: number },
  )
  return documents.map(({ lines, total }) => {
    const told = lines.map(({ amount, carried }) => `${amount}${carried === undefined ? '' : ` ${carried}`}`)
    return `${told.join(', ')} = ${total}`
  })
}

describe('0.30 every 30 days', () => {
  test('is charged every second time; each period is current, and each invoice says what it carried', async () => {
    const id = await subscribeTiny(30)
    await world.advanceTo('2026-04-12T00:00:00Z')
    expect(await paid(world)).toEqual(['01-11 0.00', '02-10 0.60', '03-12 0.00', '04-11 0.60'])
    expect(await invoices()).toEqual(['30, -30 out = 0', '30, 30 in = 60', '30, -30 out = 0', '30, 30 in = 60'])
    expect(await stateOf(world, id)).toBe('active until 2026-05-11')
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('is paid by a wallet that holds all of it, and carried by one that does not', async () => {
    const id = await subscribeTiny(30)
    const [customer] = await rowsOf(world, 'customers')
    const money = { currency: 'USD', amount: 40, event_type: 'refund', reason_key: 'test' } as const
    await depositToWallet(await world.fresh(), customer?.customer_id ?? '', money)
    await world.advanceTo('2026-03-13T00:00:00Z')
    // 0.40: pays the first 0.30; the second is carried; of the third and it, 0.60, the card has to get 0.50.
    expect(await paid(world)).toEqual(['01-11 0.00 + 0.30 wallet', '02-10 0.00', '03-12 0.50 + 0.10 wallet'])
    expect(await stateOf(world, id)).toBe('active until 2026-04-11')
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('ended first, it is waived: nothing more is asked for, and the trail says so', async () => {
    const id = await subscribeTiny(30)
    await world.advanceTo('2026-01-20T00:00:00Z')
    await cancelSubscription(await world.fresh(), id, { timing: 'now' })
    const waived = (await rowsOf(world, 'audit_entries')).filter(
      ({ action }) => action === 'subscription.amount_waived',
    )
    expect(waived.map(({ details }) => details)).toEqual([expect.objectContaining({ amount: 30, currency: 'USD' })])
    await world.advanceTo('2026-06-01T00:00:00Z')
    expect(await paid(world)).toEqual(['01-11 0.00'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('declined with the next one, it is owed with it, and waived with it at the end', async () => {
    const id = await subscribeTiny(30, cards.failsLater)
    await world.advanceTo('2026-02-11T00:00:00Z')
    expect((await timeline(world, id)).at(-1)).toBe('2026-02-10 subscription.on_hold')
    expect(await paid(world)).toEqual(['01-11 0.00', '02-10 0.60 failed'])
    await cancelSubscription(await world.fresh(), id, { timing: 'now' })
    const [carried] = await rowsOf(world, 'carried_amounts')
    expect(carried?.waived_at).not.toBeNull()
    expect(await brokenInvariants(world)).toEqual([])
  })
})

test('0.20 is carried until it is enough: charged every third time', async () => {
  await subscribeTiny(20)
  await world.advanceTo('2026-03-13T00:00:00Z')
  expect(await paid(world)).toEqual(['01-11 0.00', '02-10 0.00', '03-12 0.60'])
  expect(await invoices()).toEqual(['20, -20 out = 0', '20, 20 in, -40 out = 0', '20, 40 in = 60'])
  expect(await brokenInvariants(world)).toEqual([])
})

test('a change of plan for 0.10 happens at once, and the next renewal asks for it', async () => {
  const id = await subscribeTo(world, plans.basic)
  const dearer = await tiny(3020)
  await world.advanceTo('2026-01-16T00:00:00Z')
  const wanted = { product_id: dearer, quantity: 1, proration_billing_mode: 'prorated_immediately' } as const
  // 15 of 30 days: 15.10 − 15.00.
  const { immediate_charge } = await world.client().subscriptions.previewChangePlan(id, wanted)
  expect(immediate_charge.summary).toMatchObject({ total_amount: 0, customer_credits: 0 })
  expect(await change(world, id, dearer)).toMatchObject({ status: 'applied' })
  await world.advanceTo('2026-02-01T00:00:00Z')
  expect(await paid(world)).toEqual(['01-01 30.00', '01-16 0.00', '01-31 30.30'])
  expect((await invoices()).slice(1)).toEqual(['1510, -1500, -10 out = 0', '3020, 10 in = 3030'])
  // What the period is worth leaves out what was carried into its invoice.
  expect((await rowsOf(world, 'period_values')).map(({ amount }) => amount)).toEqual([3020])
  expect(await brokenInvariants(world)).toEqual([])
})
