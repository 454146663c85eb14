// Plans of 10.00 for 30 days from 1 January, and usage that is billed when a period is over.
import { beforeEach, describe, expect, test } from 'vitest'
import type { InvoiceDocument } from '#billing/invoice.ts'
import { updateProduct } from '#core/catalog/update-product.ts'
import { undoPlanChange } from '#core/plan-changes/undo-plan-change.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { pauseSubscription } from '#core/subscriptions/pause-subscription.ts'
import { resumeSubscription } from '#core/subscriptions/resume-subscription.ts'
import { updatePaymentMethod } from '#core/subscriptions/update-payment-method.ts'
import { cards } from '#test/support/buy.ts'
import { billed, makeMeter, makeMetered, use } from '#test/support/metered.ts'
import { change, makePlans, paid, subscribeTo } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf, skipTo, stateOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()
let world: World
let meter_id: string

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  meter_id = await makeMeter(world)
})

/** A call costs 5 cents beyond the first thousand. */
const calls = (free_threshold = 1000, price_per_unit = '5') => ({ meter_id, free_threshold, price_per_unit })
const cancel = async (id: string) => cancelSubscription(await world.fresh(), id, { timing: 'now' })

describe('a renewal', () => {
  test('bills the usage of the period that is over above what is free, and its own fixed price', async () => {
    const id = await subscribeTo(world, await makeMetered(world, [calls()]))
    await use(world, 700)
    await world.advanceTo('2026-01-20T10:00:00Z')
    await use(world, 500)
    await world.advanceTo('2026-03-05T00:00:00Z')
    // 1,200 − 1,000 = 200 × 0.05 = 10.00; February had none.
    expect(await paid(world)).toEqual(['01-01 10.00', '01-31 20.00', '03-02 10.00'])
    expect(await billed(world)).toEqual(['01-31 API calls (1200 calls) at 5 = 1000'])
    expect(await stateOf(world, id)).toBe('active until 2026-04-01')
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('tells usage apart by the instant its period ends, also in the middle of an hour', async () => {
    await world.advanceTo('2026-01-01T10:30:00Z')
    await subscribeTo(world, await makeMetered(world, [calls(0, '100')]))
    const boundary = (await rowsOf(world, 'subscriptions'))[0]?.next_billing_date
    if (boundary == null) throw new Error('a subscription has a date')
    // The worker is late: before, at and after the boundary, all in one hour.
    await skipTo(world, boundary.add({ minutes: 20 }).toString())
    await use(world, 1, { at: boundary.subtract({ minutes: 25 }).toString() })
    await use(world, 2, { at: boundary.subtract({ nanoseconds: 1000 }).toString() })
    await use(world, 4, { at: boundary.toString() })
    await use(world, 8, { at: boundary.add({ minutes: 15 }).toString() })
    await world.work()
    expect(await billed(world)).toEqual(['01-31 API calls (3 calls) at 100 = 300'])
    await world.advanceTo('2026-03-03T00:00:00Z')
    expect(await billed(world)).toEqual([
      '01-31 API calls (3 calls) at 100 = 300',
      '03-02 API calls (12 calls) at 100 = 1200',
    ])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('that comes late bills an event that came later still on the next invoice', async () => {
    await subscribeTo(world, await makeMetered(world, [calls(0, '100')]))
    await use(world, 3)
    const boundary = (await rowsOf(world, 'subscriptions'))[0]?.next_billing_date
    await world.advanceTo('2026-01-31T00:30:00Z')
    await use(world, 2, { at: boundary?.subtract({ minutes: 1 }).toString() ?? '' })
    await world.advanceTo('2026-03-03T00:00:00Z')
    expect(await billed(world)).toEqual([
      '01-31 API calls (3 calls) at 100 = 300',
      '03-02 API calls (2 calls) at 100 = 200',
    ])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('that was missed twice bills each period its own usage', async () => {
    await subscribeTo(world, await makeMetered(world, [calls(0, '100')]))
    await use(world, 1)
    await skipTo(world, '2026-02-15T00:00:00Z')
    await use(world, 2)
    await skipTo(world, '2026-03-15T00:00:00Z')
    await use(world, 4)
    await world.advanceTo('2026-04-20T00:00:00Z')
    const units = (await rowsOf(world, 'usage_charges')).map(({ units, period_start }) => [
      period_start.toString().slice(5, 10),
      units,
    ])
    expect(units).toEqual([
      ['01-01', '1'],
      ['01-31', '2'],
      ['03-02', '4'],
    ])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test.each([
    ['sum', [2, 3.5, -1], '4.5', 450],
    ['max', [2, 9, 4], '9', 900],
    ['last', [2, 9, 4], '4', 400],
  ] as const)('adds usage up as its meter says: %s of %j is %s', async (aggregation_type, values, units, amount) => {
    meter_id = await makeMeter(world, { aggregation_type, aggregation_key: 'n', name: 'Gigabytes' })
    await subscribeTo(world, await makeMetered(world, [calls(0, '100')]))
    await use(world, 1, { metadata: { n: 'none' } })
    for (const [index, n] of values.entries()) {
      await world.advanceTo(`2026-01-${String(2 + index).padStart(2, '0')}T00:00:00Z`)
      await use(world, 1, { metadata: { n } })
    }
    await world.advanceTo('2026-02-01T00:00:00Z')
    expect(await billed(world)).toEqual([`01-31 Gigabytes (${units} calls) at 100 = ${amount}`])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('of a plan without a fixed price saves a method first, and charges usage alone', async () => {
    const id = await subscribeTo(world, await makeMetered(world, [calls(0)], { price: 0 }))
    expect(await stateOf(world, id)).toBe('active until 2026-01-31')
    await use(world, 100)
    await world.advanceTo('2026-03-05T00:00:00Z')
    expect(await paid(world)).toEqual(['01-31 5.00', '03-02 0.00'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('keeps the price it was sold at when the product is edited', async () => {
    const product_id = await makeMetered(world, [calls(0)])
    await subscribeTo(world, product_id)
    await updateProduct(await world.fresh(), product_id, {
      price: {
        type: 'usage_based_price',
        currency: 'USD',
        price: 2000,
        discount_bps: 0,
        tax_inclusive: false,
        payment_frequency_count: 30,
        payment_frequency_interval: 'Day',
        subscription_period_count: 10,
        subscription_period_interval: 'Year',
        meters: [calls(0, '50')],
      },
    })
    await use(world, 100)
    await world.advanceTo('2026-02-01T00:00:00Z')
    expect(await paid(world)).toEqual(['01-01 10.00', '01-31 15.00'])
  })
})

describe('the end', () => {
  test('now: one invoice for what is not billed yet, charged at once', async () => {
    const id = await subscribeTo(world, await makeMetered(world, [calls(0)]))
    await use(world, 100)
    await world.advanceTo('2026-01-16T00:00:00Z')
    await cancel(id)
    expect(await paid(world)).toEqual(['01-01 10.00', '01-16 5.00'])
    await use(world, 100)
    await world.advanceTo('2026-03-05T00:00:00Z')
    expect(await billed(world)).toEqual(['01-16 API calls (100 calls) at 5 = 500'])
    const [, invoice] = (await rowsOf(world, 'invoices')) as unknown as { document: InvoiceDocument }[]
    const [line] = invoice?.document.lines ?? []
    expect([line?.description, line?.amount]).toEqual(['API calls (100 calls)', 500])
    expect([line?.period_start, line?.period_end].map((at) => at?.slice(0, 10))).toEqual(['2026-01-01', '2026-01-16'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('declined: charged once and not again; it stays owed', async () => {
    const id = await subscribeTo(world, await makeMetered(world, [calls(0)]), { card: cards.failsLater })
    await use(world, 100)
    await cancel(id)
    await world.advanceTo('2026-03-05T00:00:00Z')
    expect(await paid(world)).toEqual(['01-01 10.00', '01-01 5.00 failed'])
    expect(await stateOf(world, id)).toMatch(/^cancelled/)
    expect((await rowsOf(world, 'dues')).map(({ kind, status }) => [kind, status])).toEqual([
      ['checkout', 'paid'],
      ['usage', 'open'],
    ])
  })

  test('on hold for a renewal: its fixed price is void, the usage stays owed', async () => {
    const id = await subscribeTo(world, await makeMetered(world, [calls(0)]), { card: cards.failsLater })
    await use(world, 100)
    await world.advanceTo('2026-02-02T00:00:00Z')
    expect(await stateOf(world, id)).toBe('on_hold until 2026-01-31')
    await cancel(id)
    expect((await rowsOf(world, 'dues')).map(({ kind, status, total }) => [kind, status, total])).toEqual([
      ['checkout', 'paid', 1000],
      ['renewal', 'void', 1500],
      ['usage', 'open', 500],
    ])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('scheduled: the usage up to that date, without a next period', async () => {
    const id = await subscribeTo(world, await makeMetered(world, [calls(0)]))
    await use(world, 100)
    await cancelSubscription(await world.fresh(), id, { timing: 'at_next_billing_date' })
    await world.advanceTo('2026-03-05T00:00:00Z')
    expect(await paid(world)).toEqual(['01-01 10.00', '01-31 5.00'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('with less than can be charged: waived', async () => {
    const id = await subscribeTo(world, await makeMetered(world, [calls(0)]))
    await use(world, 9)
    await cancel(id)
    expect(await paid(world)).toEqual(['01-01 10.00'])
    expect((await rowsOf(world, 'usage_charges')).map(({ amount, waived_at }) => [amount, waived_at !== null])).toEqual(
      [[45, true]],
    )
    expect(await brokenInvariants(world)).toEqual([])
  })
})

describe('a change of plan', () => {
  const halfWay = async (units: number, meters = [calls()]) => {
    const id = await subscribeTo(world, await makeMetered(world, meters))
    await use(world, units)
    await world.advanceTo('2026-01-16T00:00:00Z')
    return id
  }
  const dearer = () => makeMetered(world, [calls(2000, '10')], { name: 'Dearer', price: 3000 })

  test('that must be paid first: usage above the old threshold at the old price, on an invoice of its own', async () => {
    const id = await halfWay(1500)
    await change(world, id, await dearer())
    // 15.00 − 5.00 = 10.00 for the change; 500 × 0.05 = 25.00 of usage.
    expect(await paid(world)).toEqual(['01-01 10.00', '01-16 10.00', '01-16 25.00'])
    await use(world, 600)
    await world.advanceTo('2026-02-01T00:00:00Z')
    // 2,000 − 1,500 = 500 were still free: 100 × 0.10.
    expect(await billed(world)).toEqual([
      '01-16 API calls (1500 calls) at 5 = 2500',
      '01-31 API calls (600 calls) at 10 = 1000',
    ])
    await use(world, 2001)
    await world.advanceTo('2026-03-03T00:00:00Z')
    expect((await billed(world)).at(-1)).toBe('03-02 API calls (2001 calls) at 10 = 10')
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('made at once: the same', async () => {
    const id = await halfWay(1500)
    await change(world, id, await dearer(), { on_payment_failure: 'apply_change' })
    expect(await paid(world)).toEqual(['01-01 10.00', '01-16 10.00', '01-16 25.00'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test.each(['prorated_immediately', 'full_immediately'] as const)(
    'that nobody pays for and is taken back (%s): usage goes on at the old price, its free units used up',
    async (proration_billing_mode) => {
      const id = await subscribeTo(world, await makeMetered(world, [calls()]), { card: cards.failsLater })
      await use(world, 900)
      await world.advanceTo('2026-01-16T00:00:00Z')
      await change(world, id, await dearer(), { proration_billing_mode, on_payment_failure: 'apply_change' })
      expect(await stateOf(world, id)).toMatch(/^on_hold/)
      await undoPlanChange(await world.fresh(), id)
      await use(world, 300)
      await cancel(id)
      // 900 + 300 − 1,000 free
      expect(await billed(world)).toEqual(['01-16 API calls (300 calls) at 5 = 1000'])
      expect(await brokenInvariants(world)).toEqual([])
    },
  )

  test('that fails leaves usage where it was', async () => {
    const id = await subscribeTo(world, await makeMetered(world, [calls(0)]), { card: cards.failsLater })
    await use(world, 100)
    expect((await change(world, id, await dearer())).status).toBe('failed')
    expect(await billed(world)).toEqual([])
    await cancel(id)
    expect(await billed(world)).toEqual(['01-01 API calls (100 calls) at 5 = 500'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('not billed: the usage so far waits for the next invoice, at its old price', async () => {
    const id = await halfWay(1500)
    await change(world, id, await dearer(), { proration_billing_mode: 'do_not_bill' })
    expect(await billed(world)).toEqual([])
    await use(world, 600)
    await world.advanceTo('2026-02-01T00:00:00Z')
    expect(await billed(world)).toEqual([
      '01-31 API calls (1500 calls) at 5 = 2500',
      '01-31 API calls (600 calls) at 10 = 1000',
    ])
    expect(await paid(world)).toEqual(['01-01 10.00', '01-31 65.00'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('at the next billing date: the period that is over at the old price, the next at the new', async () => {
    const id = await halfWay(1500)
    await change(world, id, await dearer(), { effective_at: 'next_billing_date', proration_billing_mode: undefined })
    await world.advanceTo('2026-02-01T00:00:00Z')
    // 30.00 + 500 × 0.05
    expect(await paid(world)).toEqual(['01-01 10.00', '01-31 55.00'])
    await use(world, 2100)
    await world.advanceTo('2026-03-03T00:00:00Z')
    expect((await billed(world)).at(-1)).toBe('03-02 API calls (2100 calls) at 10 = 1000')
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('away from the meter and back gives nothing free twice', async () => {
    const plans = await makePlans(world)
    const id = await halfWay(900)
    await change(world, id, plans.basic)
    await use(world, 5000)
    await change(world, id, await makeMetered(world, [calls()], { name: 'Again' }))
    await use(world, 200)
    await world.advanceTo('2026-02-01T00:00:00Z')
    // 900 counted, 1,000 free: of 200 more 100 are charged. The 5,000 belong to a plan without a meter.
    expect(await billed(world)).toEqual(['01-31 API calls (200 calls) at 5 = 500'])
    expect(await brokenInvariants(world)).toEqual([])
  })
})

describe('a pause', () => {
  test('bills what was used so far, counts nothing, and leaves the free units used up', async () => {
    const id = await subscribeTo(world, await makeMetered(world, [calls()]))
    await use(world, 1200)
    await world.advanceTo('2026-01-11T00:00:00Z')
    await pauseSubscription(await world.fresh(), id)
    // 200 × 0.05
    expect(await paid(world)).toEqual(['01-01 10.00', '01-11 10.00'])
    await use(world, 5000)
    await world.advanceTo('2026-01-31T00:00:00Z')
    await resumeSubscription(await world.fresh(), id)
    await use(world, 10)
    await world.advanceTo('2026-02-25T00:00:00Z')
    expect(await billed(world)).toEqual([
      '01-11 API calls (1200 calls) at 5 = 1000',
      '02-20 API calls (10 calls) at 5 = 50',
    ])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('whose usage is declined is on hold, and a pause again once that is paid', async () => {
    const id = await subscribeTo(world, await makeMetered(world, [calls(0)]), { card: cards.failsLater })
    await use(world, 100)
    await world.advanceTo('2026-01-11T00:00:00Z')
    await pauseSubscription(await world.fresh(), id, { resumes_at: Temporal.Instant.from('2026-02-01T00:00:00Z') })
    expect(await stateOf(world, id)).toMatch(/^on_hold/)
    expect(await brokenInvariants(world)).toEqual([])
    await subscribeTo(world, await makeMetered(world, [], { name: 'Other' }))
    const good = (await rowsOf(world, 'payment_methods')).find(({ card_last_four }) => card_last_four === '4242')
    await world.advanceTo('2026-01-16T00:00:00Z')
    await updatePaymentMethod(await world.fresh(), id, good?.payment_method_id ?? '')
    expect(await stateOf(world, id)).toMatch(/^paused/)
    await world.advanceTo('2026-01-21T00:00:00Z')
    await resumeSubscription(await world.fresh(), id)
    // Ten days of pause, the hold within it.
    expect(await stateOf(world, id)).toBe('active until 2026-02-10')
    expect(await brokenInvariants(world)).toEqual([])
  })
})

describe('no usage counts', () => {
  test('in a trial', async () => {
    await subscribeTo(world, await makeMetered(world, [calls(0)]), {}, 14)
    await use(world, 100)
    await world.advanceTo('2026-01-20T00:00:00Z')
    await use(world, 10)
    await world.advanceTo('2026-02-20T00:00:00Z')
    expect(await billed(world)).toEqual(['02-14 API calls (10 calls) at 5 = 50'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('on hold', async () => {
    const id = await subscribeTo(world, await makeMetered(world, [calls(0)]), { card: cards.failsLater })
    await world.advanceTo('2026-02-01T00:00:00Z')
    expect(await stateOf(world, id)).toMatch(/^on_hold/)
    await use(world, 100)
    await cancel(id)
    expect(await billed(world)).toEqual([])
    expect(await rowsOf(world, 'usage_events')).toHaveLength(100)
  })
})
