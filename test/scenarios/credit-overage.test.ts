// What was used beyond the credits, where the terms invoice it: 2.5 minor units for each, with the next period or at the end.
import { beforeEach, expect, test } from 'vitest'
import { adjustCredits } from '#core/credit-entitlements/adjust-credits.ts'
import { createCreditEntitlement } from '#core/credit-entitlements/create-credit-entitlement.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { renewSubscription } from '#core/subscriptions/renew-subscription.ts'
import { updatePaymentMethod } from '#core/subscriptions/update-payment-method.ts'
import { type Bought, buy, cards, plan } from '#test/support/buy.ts'
import { paid } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf, skipTo } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

let world: World
let credit_entitlement_id: string

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  const unlimited = { rollover_percentage: null, rollover_timeframe_count: null, rollover_timeframe_interval: null }
  const made = await createCreditEntitlement(await world.fresh(), {
    ...{ name: 'AI credits', description: null, unit: 'credits', precision: 0, currency: 'USD', price_per_unit: '2.5' },
    ...{ expires_after_days: null, rollover_enabled: false, ...unlimited, max_rollover_count: null },
    ...{ overage_enabled: true, overage_limit: null, overage_behavior: 'invoice_at_billing' },
  })
  credit_entitlement_id = made.credit_entitlement_id
})

/** 30.00 every 30 days with 100 credits. */
const pro = () =>
  plan(
    { payment_frequency_count: 30, payment_frequency_interval: 'Day' },
    { credit_entitlements: [{ credit_entitlement_id, credits_amount: '100' }] },
  )

async function use({ customer_id }: Pick<Bought, 'customer_id'>, amount: string) {
  const rest = { expires_at: null, reason: null, metadata: {}, idempotency_key: null } as const
  const debit = { credit_entitlement_id, customer_id, amount, entry_type: 'debit', ...rest } as const
  return adjustCredits(await world.fresh(), debit)
}

const balance = async () =>
  (await rowsOf(world, 'credit_balances')).map((row) => `${row.balance} and ${row.overage} over`)
const soundly = async () => expect(await brokenInvariants(world)).toEqual([])

test('the renewal asks for it: 30.00 and 150 × 2.5 = 3.75', async () => {
  const bought = await buy(world, pro())
  await use(bought, '250')
  await world.advanceTo('2026-02-01T00:00:00Z')
  expect(await paid(world)).toEqual(['01-01 30.00', '01-31 33.75'])
  const lines = (await rowsOf(world, 'dues_lines')).filter(({ kind }) => kind === 'overage')
  expect(lines.map(({ description, amount }) => [description, amount])).toEqual([['AI credits (150)', 375]])
  expect(await balance()).toEqual(['100 and 0 over'])
  // The period is worth its price, without what was used beyond it.
  expect((await rowsOf(world, 'period_values')).map(({ amount }) => amount)).toEqual([3000])
  await world.advanceTo('2026-03-03T00:00:00Z')
  expect((await paid(world)).at(-1)).toBe('03-02 30.00')
  await soundly()
})

test('declined, it stays owed and is asked for once; what is used meanwhile waits for the next invoice', async () => {
  const { customer_id } = await buy(world, plan({ payment_frequency_interval: 'Year' }, { name: 'Something else' }))
  const bought = await buy(world, pro(), { card: cards.failsLater })
  expect(bought.customer_id).toBe(customer_id)
  await use(bought, '200')
  await world.advanceTo('2026-02-01T00:00:00Z')
  const good = (await rowsOf(world, 'payment_methods')).find((method) => method.card_last_four === '4242')
  expect(
    await updatePaymentMethod(await world.fresh(), bought.subscription_id, good?.payment_method_id ?? ''),
  ).toMatchObject({ status: 'succeeded', total_amount: 3250 })
  expect(await balance()).toEqual(['100 and 0 over'])
  await soundly()
})

test('two subscriptions to it, renewed at once: one of them asks', async () => {
  const product = pro()
  const first = await buy(world, product)
  const second = await buy(world, product)
  await use(first, '300')
  await skipTo(world, '2026-02-01T00:00:00Z')
  const ctx = await world.fresh()
  await Promise.all(
    [first, second, first, second].map(({ subscription_id }) => renewSubscription(ctx, subscription_id)),
  )
  const renewals = (await rowsOf(world, 'dues')).filter(({ kind }) => kind === 'renewal')
  // 300 of 200: 100 × 2.5 = 2.50.
  expect(renewals.map(({ total }) => total).sort()).toEqual([3000, 3250])
  await soundly()
})

test('the end of the subscription asks for it in a last invoice', async () => {
  const bought = await buy(world, pro())
  await use(bought, '180')
  await cancelSubscription(await world.fresh(), bought.subscription_id, { timing: 'now' })
  // 80 × 2.5 = 2.00.
  expect(await paid(world)).toEqual(['01-01 30.00', '01-01 2.00'])
  expect(await balance()).toEqual(['0 and 0 over'])
  await soundly()
})
