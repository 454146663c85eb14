// What documents the money that went back: a series of its own, each credit note naming the invoice it belongs to.
import { beforeEach, describe, expect, test } from 'vitest'
import type { CreditNoteDocument } from '#billing/credit-note.ts'
import { correctInvoice } from '#core/invoices/correct-invoice.ts'
import { describeStatement } from '#core/invoices/describe-statement.ts'
import { findCorrection, findInvoice, listCreditNotesOf } from '#core/invoices/queries.ts'
import { createRefund } from '#core/refunds/create-refund.ts'
import { depositToWallet } from '#core/wallets/deposit-to-wallet.ts'
import { buy, cards, plan } from '#test/support/buy.ts'
import { change, makePlans, subscribeTo } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { capturesOf, rowsOf } from '#test/support/story.ts'
import { brokenInvariants } from '#test/support/timeline.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

let world: World

beforeEach(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
})

const paymentAt = async (index: number) => (await rowsOf(world, 'payments'))[index]?.payment_id ?? ''
const notes = async () =>
  (await rowsOf(world, 'credit_notes')).map((note) => ({ ...note, document: note.document as CreditNoteDocument }))

async function refund(payment_id: string, item_id?: string, amount: number | null = null) {
  const items = item_id === undefined ? null : [{ item_id, amount, tax_inclusive: true }]
  return createRefund(await world.fresh(), { payment_id, items, reason: 'By mistake', metadata: {} })
}

describe('a refund', () => {
  test('has a credit note that names its invoice, its reason and the method; invoices count on for themselves', async () => {
    const { product_id } = await buy(world)
    const payment_id = await paymentAt(0)
    const { refund_id } = await refund(payment_id, product_id, 1000)
    await refund(payment_id)
    const [first, second] = await notes()
    expect([first?.number, second?.number]).toEqual(['LS-CN-000001', 'LS-CN-000002'])
    expect(first).toMatchObject({
      refund_id,
      total: 1000,
      document: {
        number: 'LS-CN-000001',
        original: { number: 'LS-000001' },
        customer: { name: 'Mara Lindqvist' },
        lines: [{ description: 'Studio Basic', quantity: 1, unit_price: 1000, amount: 1000 }],
        total: 1000,
        reason: 'By mistake',
        given_to: { type: 'refund', refund_id, wallet_amount: 0 },
        payment: { method: 'Visa •••• 4242' },
      },
    })
    expect((await listCreditNotesOf(await world.fresh(), payment_id)).map(({ number }) => number)).toEqual([
      'LS-CN-000001',
      'LS-CN-000002',
    ])
    await world.advanceTo('2026-02-02T00:00:00Z')
    expect((await rowsOf(world, 'invoices')).map(({ number }) => number)).toEqual(['LS-000001', 'LS-000002'])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('of what the wallet paid goes back to the wallet, after the card’s: 18.00 and 12.00', async () => {
    const { customer_id, product_id } = await buy(world)
    const deposit = { currency: 'USD', amount: 1200, event_type: 'merchant_adjustment', reason_key: 'test' } as const
    await depositToWallet(await world.fresh(), customer_id, deposit)
    await world.advanceTo('2026-02-02T00:00:00Z')
    const payment_id = await paymentAt(1)
    expect(await refund(payment_id, product_id, 1000)).toMatchObject({ amount: 1000, wallet_amount: 0 })
    expect(await refund(payment_id)).toMatchObject({ amount: 800, wallet_amount: 1200 })
    expect((await rowsOf(world, 'wallets')).map(({ balance }) => balance)).toEqual([1200])
    expect((await capturesOf(world)).map(({ refunded_amount }) => refunded_amount)).toEqual([0, 1800])
    expect((await notes()).map(({ total }) => total)).toEqual([1000, 2000])
    await expect(refund(payment_id)).rejects.toMatchObject({ code: 'PAYMENT_ALREADY_REFUNDED' })
    const [refunds] = [await world.client().refunds.list({ page_number: 0 })]
    expect(refunds.items.map(({ amount, is_partial }) => [amount, is_partial])).toEqual([
      [2000, true],
      [1000, true],
    ])
    expect((await world.client().payments.retrieve(payment_id)).refund_status).toBe('full')
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('of a period that the wallet paid alone asks no processor', async () => {
    const { customer_id } = await buy(world)
    const deposit = { currency: 'USD', amount: 5000, event_type: 'merchant_adjustment', reason_key: 'test' } as const
    await depositToWallet(await world.fresh(), customer_id, deposit)
    await world.advanceTo('2026-02-02T00:00:00Z')
    expect(await refund(await paymentAt(1))).toMatchObject({ status: 'succeeded', amount: 0, wallet_amount: 3000 })
    expect((await rowsOf(world, 'wallets')).map(({ balance }) => balance)).toEqual([5000])
    expect(await brokenInvariants(world)).toEqual([])
  })
})

describe('credit of a plan change', () => {
  test('prorated down: 40.00 of Pro less 10.00 of Starter', async () => {
    const plans = await makePlans(world)
    const subscription_id = await subscribeTo(world, plans.pro)
    await world.advanceTo('2026-01-16T00:00:00Z')
    const { change_id } = await change(world, subscription_id, plans.starter)
    const [note] = await notes()
    expect(note).toMatchObject({ change_id, refund_id: null, total: 3000, number: 'LS-CN-000001' })
    expect(note?.document).toMatchObject({ original: { number: 'LS-000001' }, given_to: { type: 'credit' } })
    expect(note?.document.lines.map(({ description, amount }) => [description, amount])).toEqual([
      ['Starter', -1000],
      ['Pro', 4000],
    ])
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('by difference: of 60.00 of credit 30.00 had been paid and are documented, 30.00 are a gift', async () => {
    const plans = await makePlans(world)
    const subscription_id = await subscribeTo(world, plans.pro)
    await world.advanceTo('2026-01-16T00:00:00Z')
    await change(world, subscription_id, plans.starter, { proration_billing_mode: 'difference_immediately' })
    expect((await notes()).map(({ total }) => total)).toEqual([3000])
    expect(await brokenInvariants(world)).toEqual([])
  })
})

describe('a correction', () => {
  test('is a document of its own series with the amounts of the invoice, which stays as it was', async () => {
    await buy(world)
    const payment_id = await paymentAt(0)
    const ctx = await world.fresh()
    const details = {
      name: 'Mara Lindqvist-Berg',
      customer_business_name: 'Northwind AB',
      tax_id: 'SE556677889901',
      billing: { country: 'SE', street: 'Götgatan 11', zipcode: '116 46', city: 'Stockholm', state: null },
    }
    const corrected = await correctInvoice(ctx, payment_id, details)
    expect(corrected).toMatchObject({
      number: 'LS-COR-000001',
      document: {
        original: { number: 'LS-000001' },
        total: 3000,
        customer: {
          name: 'Mara Lindqvist-Berg',
          legal_name: 'Northwind AB',
          address: ['Götgatan 11', '116 46 Stockholm'],
          country: 'SE',
          tax_id: 'SE556677889901',
        },
      },
    })
    expect(await correctInvoice(ctx, payment_id, details)).toEqual(corrected)
    const again = await correctInvoice(ctx, payment_id, { tax_id: null })
    expect(again).toMatchObject({ number: 'LS-COR-000002', document: { customer: { legal_name: null, tax_id: null } } })
    expect(await findCorrection(ctx, payment_id)).toEqual(again)
    expect((await findInvoice(ctx, payment_id))?.document.customer.name).toBe('Mara Lindqvist')
    await refund(payment_id)
    expect((await notes())[0]?.document.customer.name).toBe('Mara Lindqvist-Berg')
    expect(await brokenInvariants(world)).toEqual([])
  })

  test('of a country, a business name without a tax id, or of nothing invoiced is refused', async () => {
    await buy(world)
    const ctx = await world.fresh()
    const billing = { country: 'NO', street: null, zipcode: null, city: null, state: null }
    await expect(correctInvoice(ctx, await paymentAt(0), { billing })).rejects.toMatchObject({
      code: 'INVALID_REQUEST_PARAMETERS',
    })
    const named = correctInvoice(ctx, await paymentAt(0), { customer_business_name: 'Northwind AB' })
    await expect(named).rejects.toMatchObject({ code: 'INVALID_REQUEST_PARAMETERS' })
    await expect(correctInvoice(ctx, 'pay_none', { name: 'Mara' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

test('what is owed has a statement without a number, and takes none', async () => {
  await buy(world, plan(), { card: cards.failsLater })
  await world.advanceTo('2026-02-02T00:00:00Z')
  const owed = (await rowsOf(world, 'dues')).find(({ status }) => status === 'open')
  const statement = await describeStatement(await world.fresh(), owed?.dues_id ?? '')
  expect(statement).toMatchObject({
    due: 3000,
    total: 3000,
    customer: { name: 'Mara Lindqvist' },
    lines: [{ description: 'Studio Basic', amount: 3000, period_start: expect.stringMatching(/^2026-02-01/) }],
  })
  expect(statement).not.toHaveProperty('number')
  const paidDues = (await rowsOf(world, 'dues')).find(({ status }) => status === 'paid')
  await expect(describeStatement(await world.fresh(), paidDues?.dues_id ?? '')).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  expect(await brokenInvariants(world)).toEqual([])
})
