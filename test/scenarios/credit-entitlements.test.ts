// Credits over months: granted with each period, used, rolled over, lost, and counted beyond what there is.
import { beforeEach, describe, expect, test } from 'vitest'
import { createProduct } from '#core/catalog/create-product.ts'
import { adjustCredits } from '#core/credit-entitlements/adjust-credits.ts'
import {
  type CreditEntitlementFields,
  createCreditEntitlement,
} from '#core/credit-entitlements/create-credit-entitlement.ts'
import type { NewProductCredit } from '#core/credit-entitlements/product-credits.ts'
import { getLowBalance } from '#core/credit-entitlements/read-entry.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { type Bought, buy, cards, download, plan } from '#test/support/buy.ts'
import { plainCredits } from '#test/support/credits.ts'
import { change, subscribeTo } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

let world: World

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
})

async function makeCredits(fields: Partial<CreditEntitlementFields> = {}): Promise<string> {
  const made = await createCreditEntitlement(await world.fresh(), {
    ...plainCredits,
    ...fields,
  })
  return made.credit_entitlement_id
}

const days = (count: number) => ({ payment_frequency_count: count, payment_frequency_interval: 'Day' as const })

/** A plan of 30.00 every 30 days with 100 credits, unless told otherwise. */
const withCredits = (credit_entitlement_id: string, terms: Partial<NewProductCredit> = {}) =>
  plan(days(30), { credit_entitlements: [{ credit_entitlement_id, credits_amount: '100', ...terms }] })

async function use({ customer_id }: Pick<Bought, 'customer_id'>, id: string, amount: string) {
  return adjustCredits(await world.fresh(), {
    credit_entitlement_id: id,
    customer_id,
    amount,
    entry_type: 'debit',
    expires_at: null,
    reason: null,
    metadata: {},
    idempotency_key: null,
  })
}

const told = async () =>
  (await rowsOf(world, 'credit_ledger_entries')).map(
    ({ transaction_type, amount, balance_after, overage_after, created_at }) =>
      `${created_at.toString().slice(5, 10)} ${transaction_type} ${amount} = ${balance_after}${overage_after === '0' ? '' : ` and ${overage_after} over`}`,
  )
const soundly = async () => expect(await brokenInvariants(world)).toEqual([])

test('without rollover each period begins with its own credits', async () => {
  const id = await makeCredits()
  const bought = await buy(world, withCredits(id))
  await use(bought, id, '60')
  await world.advanceTo('2026-02-01T00:00:00Z')
  expect(await told()).toEqual([
    '01-01 credit_added 100 = 100',
    '01-01 manual_adjustment 60 = 40',
    '01-31 credit_expired 40 = 0',
    '01-31 credit_added 100 = 100',
  ])
  await soundly()
})

test('half of what is left rolls over, once, and is used before newer credits where it ends', async () => {
  const rollover = { rollover_enabled: true, rollover_percentage: 50, max_rollover_count: 1 }
  const id = await makeCredits({ ...rollover, rollover_timeframe_count: 45, rollover_timeframe_interval: 'Day' })
  const bought = await buy(world, withCredits(id))
  await use(bought, id, '19')
  await world.advanceTo('2026-02-01T00:00:00Z')
  // 81 left: 40 go on (rounded down), 41 are lost; 100 new.
  expect((await told()).slice(2)).toEqual([
    '01-31 rollover_forfeited 41 = 40',
    '01-31 credit_rolled_over 40 = 40',
    '01-31 credit_added 100 = 140',
  ])
  await use(bought, id, '50')
  const grants = await rowsOf(world, 'credit_grants')
  const left = grants.map(({ source_type, remaining_amount }) => `${source_type} ${remaining_amount}`)
  expect(left.sort()).toEqual(['rollover 0', 'subscription 0', 'subscription 90'])
  await world.advanceTo('2026-03-03T00:00:00Z')
  // Only the 90 of February roll, as 45.
  expect((await told()).slice(6)).toEqual([
    '03-02 rollover_forfeited 45 = 45',
    '03-02 credit_rolled_over 45 = 45',
    '03-02 credit_added 100 = 145',
  ])
  await world.advanceTo('2026-04-02T00:00:00Z')
  // What rolled once is lost; of the 100 the half goes on.
  expect((await told()).slice(9)).toEqual(
    expect.arrayContaining(['04-01 rollover_forfeited 45 = 100', '04-01 credit_rolled_over 50 = 50']),
  )
  await soundly()
})

test('credits with an end of their own outlive the period, and the worker lets them expire', async () => {
  const id = await makeCredits({ expires_after_days: 45 })
  await buy(world, withCredits(id))
  await world.advanceTo('2026-02-20T00:00:00Z')
  expect(await told()).toEqual([
    '01-01 credit_added 100 = 100',
    '01-31 credit_added 100 = 200',
    '02-15 credit_expired 100 = 100',
  ])
  await soundly()
})

describe('more than there is', () => {
  test('is refused, where overage is not allowed or has reached its limit', async () => {
    const id = await makeCredits()
    const bought = await buy(world, withCredits(id))
    await expect(use(bought, id, '101')).rejects.toMatchObject({ code: 'NEGATIVE_BALANCE_ADJUSTMENT' })
    const wide = await makeCredits()
    const other = await buy(world, withCredits(wide, { overage_enabled: true, overage_limit: '20' }))
    await use(other, wide, '110')
    await expect(use(other, wide, '11')).rejects.toMatchObject({ code: 'NEGATIVE_BALANCE_ADJUSTMENT' })
    await use(other, wide, '10')
    await soundly()
  })

  test('is overage: forgiven when the period ends', async () => {
    const id = await makeCredits({ overage_enabled: true })
    const bought = await buy(world, withCredits(id))
    await use(bought, id, '130')
    await world.advanceTo('2026-02-01T00:00:00Z')
    expect((await told()).slice(1)).toEqual([
      '01-01 manual_adjustment 130 = 0 and 30 over',
      '01-31 overage_reset 30 = 0',
      '01-31 credit_added 100 = 100',
    ])
    await soundly()
  })

  test('stays, and the next credits repay it where the terms say so', async () => {
    const id = await makeCredits({ overage_enabled: true, overage_behavior: 'carry_deficit_auto_repay' })
    const bought = await buy(world, withCredits(id))
    await use(bought, id, '130')
    await world.advanceTo('2026-02-01T00:00:00Z')
    expect((await told()).slice(2)).toEqual(['01-31 credit_added 100 = 70'])
    await soundly()
  })
})

test('bought once: for each unit, for ever or to the end the terms name', async () => {
  const id = await makeCredits()
  const terms = { credit_entitlement_id: id, credits_amount: '250', expires_after_days: 10 }
  await buy(world, download(900, { credit_entitlements: [terms] }))
  expect(await told()).toEqual(['01-01 credit_added 250 = 250'])
  await world.advanceTo('2026-01-12T00:00:00Z')
  expect(await told()).toContain('01-11 credit_expired 250 = 0')
  await soundly()
})

test('a trial has credits of its own, which end with it', async () => {
  const id = await makeCredits()
  const { product_id } = await createProduct(await world.fresh(), withCredits(id, { trial_credits: '10' }))
  await subscribeTo(world, product_id, {}, 7)
  await world.advanceTo('2026-01-09T00:00:00Z')
  expect(await told()).toEqual([
    '01-01 credit_added 10 = 10',
    '01-08 credit_expired 10 = 0',
    '01-08 credit_added 100 = 100',
  ])
  await soundly()
})

test('nobody pays, nothing is granted: on hold the old credits stay, paid they turn', async () => {
  const id = await makeCredits()
  await buy(world, withCredits(id), { card: cards.failsLater })
  await world.advanceTo('2026-03-01T00:00:00Z')
  expect(await told()).toEqual(['01-01 credit_added 100 = 100'])
  await soundly()
})

test('a larger plan adds what the period lacks for the time left; there and back adds nothing more', async () => {
  const id = await makeCredits()
  const small = await buy(world, withCredits(id))
  const large = { ...withCredits(id, { credits_amount: '300' }), name: 'Large' }
  const { product_id } = await createProduct(await world.fresh(), {
    ...large,
    price: { ...large.price, price: 9000 },
  })
  await world.advanceTo('2026-01-16T00:00:00Z')
  // 15 of 30 days: half of 200.
  await change(world, small.subscription_id, product_id)
  expect((await told()).at(-1)).toBe('01-16 credit_added 100 = 200')
  await change(world, small.subscription_id, small.product_id)
  await change(world, small.subscription_id, product_id)
  expect(await told()).toHaveLength(2)
  await world.advanceTo('2026-02-01T00:00:00Z')
  expect((await told()).at(-1)).toBe('01-31 credit_added 300 = 300')
  await soundly()
})

test('a plan without them lets them last to the end of the period, and grants no more', async () => {
  const id = await makeCredits()
  const bought = await buy(world, withCredits(id))
  const { product_id } = await createProduct(await world.fresh(), { ...plan(days(30)), name: 'Without' })
  await world.advanceTo('2026-01-16T00:00:00Z')
  await change(world, bought.subscription_id, product_id)
  await use(bought, id, '30')
  await world.advanceTo('2026-03-03T00:00:00Z')
  expect((await told()).slice(2)).toEqual(['01-31 credit_expired 70 = 0'])
  await soundly()
})

test('the end of the subscription ends the credits of its period', async () => {
  const id = await makeCredits()
  const bought = await buy(world, withCredits(id))
  await cancelSubscription(await world.fresh(), bought.subscription_id, { timing: 'now' })
  expect((await told()).at(-1)).toBe('01-01 credit_expired 100 = 0')
  await world.advanceTo('2026-03-01T00:00:00Z')
  expect(await told()).toHaveLength(2)
  await soundly()
})

test('thirty at once use up exactly what there is, and the merchant is told once that it is low', async () => {
  const id = await makeCredits()
  const bought = await buy(world, withCredits(id, { low_balance_threshold_percent: 20 }))
  const all = await Promise.allSettled(Array.from({ length: 30 }, () => use(bought, id, '5')))
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(20)
  const low = (await rowsOf(world, 'events')).filter(({ type }) => type === 'credit.balance_low')
  const facts = await Promise.all(low.map(async ({ resource_id }) => getLowBalance(await world.fresh(), resource_id)))
  expect(facts).toMatchObject([{ available_balance: '20', threshold_amount: '20', threshold_percent: 20 }])
  await soundly()
})
