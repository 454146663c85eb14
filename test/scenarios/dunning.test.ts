// Reminding a customer, step by step, until something ends it.
import { beforeEach, describe, expect, test } from 'vitest'
import { setSettings } from '#core/businesses/set-settings.ts'
import { createCheckout } from '#core/checkout/create-checkout.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import { updatePaymentMethod } from '#core/subscriptions/update-payment-method.ts'
import { withActor } from '#src/context.ts'
import { type Bought, buy, cards, payCheckout, plan } from '#test/support/buy.ts'
import { setLaterCharges } from '#test/support/later-charges.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()
const thirtyDays = plan({ payment_frequency_count: 30, payment_frequency_interval: 'Day' })

let world: World
let bought: Bought

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  await setSettings(await world.fresh(), { dunning_on_hold: true, dunning_past_due: true, dunning_cancelled: true })
  bought = await buy(world, thirtyDays, { card: cards.failsLater })
})

/** "02-01 dunning.step 1": what was said about reminding. */
const story = async () =>
  (await rowsOf(world, 'events'))
    .filter(({ type }) => type.startsWith('dunning.'))
    .map(({ type, occurred_at, data, audience }) =>
      [occurred_at.toString().slice(5, 10), type, data.step ?? '', audience === 'internal' ? '(internal)' : '']
        .join(' ')
        .trim()
        .replace('  ', ' '),
    )
const attempts = async () =>
  (await rowsOf(world, 'dunning_attempts')).map(({ trigger_state, status, steps_taken }) =>
    [trigger_state, status, steps_taken].join(' '),
  )
async function pay() {
  await setLaterCharges(world, 'succeeds')
  const { payment_method_id } = await getSubscription(await world.fresh(), bought.subscription_id)
  await updatePaymentMethod(await world.fresh(), bought.subscription_id, payment_method_id ?? '')
}

describe('on hold since 31 January', () => {
  test('reminded on days 1 and 3, and paid on the fourth', async () => {
    await world.advanceTo('2026-02-04T00:00:00Z')
    const [attempt] = await rowsOf(world, 'dunning_attempts')
    const failed = (await rowsOf(world, 'payments')).find(({ status }) => status === 'failed')
    expect(attempt?.payment_id).toBe(failed?.payment_id)
    await pay()
    await world.advanceTo('2026-02-28T00:00:00Z')
    expect(await story()).toEqual([
      '01-31 dunning.started',
      '02-01 dunning.step 1 (internal)',
      '02-03 dunning.step 2 (internal)',
      '02-04 dunning.recovered',
    ])
    expect(await attempts()).toEqual(['on_hold recovered 2'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('reminded four times, then given up after a week; the subscription is as it was', async () => {
    await world.advanceTo('2026-06-01T00:00:00Z')
    expect((await story()).map((line) => line.slice(0, 20))).toEqual([
      '01-31 dunning.starte',
      '02-01 dunning.step 1',
      '02-03 dunning.step 2',
      '02-05 dunning.step 3',
      '02-07 dunning.step 4',
    ])
    const [attempt] = await rowsOf(world, 'dunning_attempts')
    expect([attempt?.status, attempt?.closed_at?.toString().slice(0, 10)]).toEqual(['exhausted', '2026-02-14'])
    expect((await getSubscription(await world.fresh(), bought.subscription_id)).status).toBe('on_hold')
  })

  test('each step may be left out or moved, also meanwhile', async () => {
    await world.advanceTo('2026-02-02T00:00:00Z')
    await setSettings(await world.fresh(), { dunning_step_2_days: null, dunning_step_3_days: 10 })
    await world.advanceTo('2026-06-01T00:00:00Z')
    // The fourth was due on 7 February; the third was moved behind it and goes first.
    expect((await story()).slice(1).map((line) => line.slice(0, 20))).toEqual([
      '02-01 dunning.step 1',
      '02-10 dunning.step 3',
      '02-10 dunning.step 4',
    ])
  })

  test('cancelling ends it in the same breath, and begins to ask the customer back if it was their wish', async () => {
    await world.advanceTo('2026-02-02T00:00:00Z')
    const customer = withActor(await world.fresh(), { type: 'customer', id: bought.customer_id })
    await cancelSubscription(customer, bought.subscription_id, { timing: 'now' })
    expect(await attempts()).toEqual(['on_hold exhausted 1', 'cancelled recovering 0'])
    await world.advanceTo('2026-02-04T00:00:00Z')
    expect(await story()).toEqual([
      '01-31 dunning.started',
      '02-01 dunning.step 1 (internal)',
      '02-02 dunning.started',
      '02-03 dunning.step 1 (internal)',
    ])
    await again()
    expect(await attempts()).toEqual(['on_hold exhausted 1', 'cancelled recovered 1'])
  })

  test('a merchant who cancels asks nobody back', async () => {
    await world.advanceTo('2026-02-02T00:00:00Z')
    await cancelSubscription(await world.fresh(), bought.subscription_id, { timing: 'now' })
    expect(await attempts()).toEqual(['on_hold exhausted 1'])
  })

  test('buying another subscription ends it as well', async () => {
    await world.advanceTo('2026-02-02T00:00:00Z')
    await again()
    expect(await attempts()).toEqual(['on_hold exhausted 1'])
    await world.advanceTo('2026-02-20T00:00:00Z')
    expect((await story()).length).toBe(2)
  })

  test('switching the reason off ends it at the next step', async () => {
    await world.advanceTo('2026-02-02T00:00:00Z')
    await setSettings(await world.fresh(), { dunning_on_hold: false })
    await world.advanceTo('2026-02-20T00:00:00Z')
    expect(await attempts()).toEqual(['on_hold exhausted 1'])
  })
})

/** The same product once more, by the same customer. */
async function again() {
  const { product_id, customer_id } = bought
  const { checkout_id } = await createCheckout(await world.fresh(), {
    product_cart: [{ product_id, quantity: 1, addons: [], amount: null }],
    customer: { customer_id },
  })
  await payCheckout(world, checkout_id, { card: cards.good })
}

test('begun in grace it goes on on hold: one story, one recovery', async () => {
  await setSettings(await world.fresh(), { grace_period: true, grace_period_days: 2 })
  await world.advanceTo('2026-02-04T00:00:00Z')
  expect(await attempts()).toEqual(['past_due recovering 2'])
  await pay()
  expect(await attempts()).toEqual(['past_due recovered 2'])
})

test('leaving at the next billing date is leaving', async () => {
  await setLaterCharges(world, 'succeeds')
  const customer = withActor(await world.fresh(), { type: 'customer', id: bought.customer_id })
  await cancelSubscription(customer, bought.subscription_id, { timing: 'at_next_billing_date' })
  expect(await attempts()).toEqual([])
  await world.advanceTo('2026-02-02T00:00:00Z')
  expect(await story()).toEqual(['01-31 dunning.started', '02-01 dunning.step 1 (internal)'])
})

test('nobody is reminded of anything unless the merchant wants it', async () => {
  const none = { dunning_on_hold: false, dunning_past_due: false, dunning_cancelled: false }
  await setSettings(await world.fresh(), none)
  await world.advanceTo('2026-02-20T00:00:00Z')
  expect(await attempts()).toEqual([])
})
