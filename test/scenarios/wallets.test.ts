// Money of the customer's own pays before the card does: subscription credit first, then the wallet in the invoice's currency.
import { beforeEach, describe, expect, test } from 'vitest'
import { settlePayment } from '#core/payments/settle-payment.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { renewSubscription } from '#core/subscriptions/renew-subscription.ts'
import { updatePaymentMethod } from '#core/subscriptions/update-payment-method.ts'
import { depositToWallet } from '#core/wallets/deposit-to-wallet.ts'
import { listWallets } from '#core/wallets/queries.ts'
import { buy, cards, plan } from '#test/support/buy.ts'
import { change, makePlans, type Plans, paid, subscribeTo } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf, skipTo, stateOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

let world: World
let plans: Plans

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  plans = await makePlans(world)
})

async function customerOf(subscription_id: string): Promise<string> {
  const rows = await rowsOf(world, 'subscriptions')
  return rows.find((row) => row.subscription_id === subscription_id)?.customer_id ?? ''
}

async function deposit(customer_id: string, amount: number, currency = 'USD') {
  const reason_key = `test:${customer_id}:${currency}:${amount}`
  return depositToWallet(await world.fresh(), customer_id, { currency, amount, event_type: 'refund', reason_key })
}

const balance = async (customer_id: string) =>
  (await listWallets(await world.fresh(), customer_id)).map((wallet) => `${wallet.currency} ${wallet.balance}`)
const moves = async () =>
  (await rowsOf(world, 'wallet_entries')).map(({ event_type, amount }) => `${event_type} ${amount}`)
const soundly = async () => expect(await brokenInvariants(world)).toEqual([])

describe('a renewal of 30.00', () => {
  test('takes 12.00 from the wallet and 18.00 from the card; the invoice says so', async () => {
    const id = await subscribeTo(world, plans.basic)
    const customer_id = await customerOf(id)
    await deposit(customer_id, 1200)
    await world.advanceTo('2026-02-01T00:00:00Z')
    expect(await paid(world)).toEqual(['01-01 30.00', '01-31 18.00 + 12.00 wallet'])
    expect(await balance(customer_id)).toEqual(['USD 0'])
    const [, invoice] = await rowsOf(world, 'invoices')
    expect(invoice?.document).toMatchObject({ total: 3000, credit_applied: 0, wallet_applied: 1200 })
    await soundly()
  })

  test('asks no processor where the wallet holds 70.00, and takes the next two as far as it goes', async () => {
    const id = await subscribeTo(world, plans.basic)
    await deposit(await customerOf(id), 7000)
    await world.advanceTo('2026-04-02T00:00:00Z')
    // 70 − 30 − 30 = 10 left for the third.
    expect(await paid(world)).toEqual([
      '01-01 30.00',
      '01-31 0.00 + 30.00 wallet',
      '03-02 0.00 + 30.00 wallet',
      '04-01 20.00 + 10.00 wallet',
    ])
    await soundly()
  })

  test('leaves the card at least what it can charge: 29.80 in the wallet pays 29.50', async () => {
    const id = await subscribeTo(world, plans.basic)
    const customer_id = await customerOf(id)
    await deposit(customer_id, 2980)
    await world.advanceTo('2026-02-01T00:00:00Z')
    expect(await paid(world)).toEqual(['01-01 30.00', '01-31 0.50 + 29.50 wallet'])
    expect(await balance(customer_id)).toEqual(['USD 30'])
    await soundly()
  })

  test('never touches a wallet in another currency', async () => {
    const id = await subscribeTo(world, plans.basic)
    const customer_id = await customerOf(id)
    await deposit(customer_id, 9000, 'EUR')
    await world.advanceTo('2026-02-01T00:00:00Z')
    expect(await paid(world)).toEqual(['01-01 30.00', '01-31 30.00'])
    expect(await balance(customer_id)).toEqual(['EUR 9000'])
    await soundly()
  })

  test('declined, gives the wallet its part back; paid later with another card, takes it again', async () => {
    const { customer_id } = await buy(world, plan({ payment_frequency_interval: 'Year' }))
    const id = await subscribeTo(world, plans.basic, { card: cards.failsLater })
    await deposit(customer_id, 1200)
    await world.advanceTo('2026-02-01T00:00:00Z')
    expect(await stateOf(world, id)).toBe('on_hold until 2026-01-31')
    expect(await balance(customer_id)).toEqual(['USD 1200'])
    const good = (await rowsOf(world, 'payment_methods')).find((method) => method.card_last_four === '4242')
    const payment = await updatePaymentMethod(await world.fresh(), id, good?.payment_method_id ?? '')
    expect(payment).toMatchObject({ status: 'succeeded', total_amount: 1800 })
    expect(await moves()).toEqual(['refund 1200', 'payment -1200', 'payment_reversal 1200', 'payment -1200'])
    await soundly()
  })
})

test('credit pays before the wallet does', async () => {
  const id = await subscribeTo(world, plans.pro)
  const customer_id = await customerOf(id)
  await deposit(customer_id, 1500)
  await world.advanceTo('2026-01-16T00:00:00Z')
  // 40.00 of Pro given back, 10.00 of Starter charged: 30.00 of credit. Then Starter at 20.00: 0, and 10.00 from the wallet.
  await change(world, id, plans.starter)
  await world.advanceTo('2026-03-03T00:00:00Z')
  expect((await paid(world)).slice(1)).toEqual([
    '01-31 0.00 + 20.00 credit',
    '03-02 0.00 + 10.00 credit + 10.00 wallet',
  ])
  await soundly()
})

test('a change of plan asks the card for what credit and wallet leave', async () => {
  const id = await subscribeTo(world, plans.basic)
  await deposit(await customerOf(id), 700)
  await world.advanceTo('2026-01-16T00:00:00Z')
  const client = world.client()
  const wanted = { product_id: plans.pro, quantity: 1, proration_billing_mode: 'prorated_immediately' } as const
  const { immediate_charge } = await client.subscriptions.previewChangePlan(id, wanted)
  // 25.00 less 7.00.
  expect(immediate_charge.summary).toMatchObject({ total_amount: 1800, customer_credits: -700 })
  await client.subscriptions.changePlan(id, wanted)
  expect(await paid(world)).toEqual(['01-01 30.00', '01-16 18.00 + 7.00 wallet'])
  await soundly()
})

test('two subscriptions renewed at one instant by ten workers never spend the same money twice', async () => {
  const first = await subscribeTo(world, plans.basic)
  const second = await subscribeTo(world, plans.basic)
  const customer_id = await customerOf(first)
  expect(await customerOf(second)).toBe(customer_id)
  await deposit(customer_id, 4000)
  await skipTo(world, '2026-02-01T00:00:00Z')
  const ctx = await world.fresh()
  const ids = Array.from({ length: 10 }, (_, index) => (index % 2 === 0 ? first : second))
  await Promise.all(ids.map((id) => renewSubscription(ctx, id)))
  const renewals = (await rowsOf(world, 'dues')).filter(({ kind }) => kind === 'renewal')
  // 40.00 over twice 30.00: all of one, 10.00 of the other.
  expect(renewals.map(({ wallet_applied }) => wallet_applied).sort()).toEqual([1000, 3000])
  expect(await balance(customer_id)).toEqual(['USD 0'])
  await soundly()
})

describe('money that arrives after its attempt was given up', () => {
  async function declinedWith(amount: number) {
    const id = await subscribeTo(world, plans.basic, { card: cards.failsLater })
    const customer_id = await customerOf(id)
    await deposit(customer_id, amount)
    await world.advanceTo('2026-02-01T00:00:00Z')
    const [, late] = await rowsOf(world, 'payments')
    return { id, customer_id, late: late?.payment_id ?? '' }
  }
  const arrives = async (payment_id: string) =>
    settlePayment(await world.fresh(), payment_id, { status: 'succeeded', reference: 'late', method: null })

  test('takes from the wallet again what was released', async () => {
    const { id, customer_id, late } = await declinedWith(1200)
    expect(await arrives(late)).toMatchObject({ applied: true, total_amount: 1800 })
    expect(await balance(customer_id)).toEqual(['USD 0'])
    expect(await stateOf(world, id)).toBe('active until 2026-03-03')
  })

  test('goes back where the wallet was spent meanwhile: it is too little', async () => {
    const { id, customer_id, late } = await declinedWith(1200)
    await world.client().customers.wallets.ledgerEntries.create(customer_id, {
      amount: 500,
      currency: 'USD',
      entry_type: 'debit',
    })
    expect(await arrives(late)).toMatchObject({ applied: false, status: 'succeeded' })
    expect((await rowsOf(world, 'refunds')).map(({ amount }) => amount)).toEqual([1800])
    expect(await stateOf(world, id)).toBe('on_hold until 2026-01-31')
    expect(await balance(customer_id)).toEqual(['USD 700'])
  })
})

describe('the end of a subscription with credit', () => {
  const credit = async () =>
    (await rowsOf(world, 'credit_entries')).map(({ amount, gift }) => `${amount}${gift ? ' gift' : ''}`)

  test('moves what was paid for to the wallet; what the merchant gave beyond lapses', async () => {
    const id = await subscribeTo(world, plans.pro)
    await world.advanceTo('2026-01-16T00:00:00Z')
    // By difference 60.00: 40.00 were paid for the half that is left, Starter keeps 10.00 of them: 30.00 are paid for, 30.00 a gift.
    await change(world, id, plans.starter, { proration_billing_mode: 'difference_immediately' })
    await cancelSubscription(await world.fresh(), id, { timing: 'now' })
    expect(await credit()).toEqual(expect.arrayContaining(['3000', '3000 gift', '-3000', '-3000 gift']))
    expect(await moves()).toEqual(['refund 3000'])
    await soundly()
  })

  test('while a charge is under way: what it had reserved follows when it is declined', async () => {
    const id = await subscribeTo(world, plans.pro, { card: cards.timesOut })
    await world.advanceTo('2026-01-16T00:00:00Z')
    await change(world, id, plans.starter)
    await world.advanceTo('2026-01-20T00:00:00Z')
    // The change to a year of 800.00 reserves all of the 30.00.
    await change(world, id, plans.yearly)
    const reserved = (await rowsOf(world, 'dues')).find(({ status }) => status === 'open')?.credit_applied
    expect(reserved).toBe(3000)
    await cancelSubscription(await world.fresh(), id, { timing: 'now' })
    expect(await moves()).toEqual([])
    const [open] = (await rowsOf(world, 'payments')).filter(({ settled_at }) => settled_at === null)
    const declined = { status: 'declined', reference: null, code: 'GENERIC_DECLINE', message: null } as const
    await settlePayment(await world.fresh(), open?.payment_id ?? '', declined)
    expect(await moves()).toEqual(['refund 3000'])
  })
})
