// The statement: payments, refunds and credit in one order, narrowed by everything a reader may ask for.
import { beforeAll, describe, expect, test } from 'vitest'
import type { HistoryFilter } from '#core/billing-history/history-filter.ts'
import { countDocuments, listDocuments } from '#core/billing-history/list-documents.ts'
import { listHistory, readHistory } from '#core/billing-history/list-history.ts'
import { correctInvoice } from '#core/invoices/correct-invoice.ts'
import { createRefund } from '#core/refunds/create-refund.ts'
import { buy, cards, download, plan } from '#test/support/buy.ts'
import { change, makePlans, subscribeTo } from '#test/support/plans.ts'
import { stage } from '#test/support/stage.ts'
import { rowsOf } from '#test/support/story.ts'
import type { World } from '#test/support/world.ts'

const { newWorld } = stage()

let world: World
let customer_id: string
let subscription_id: string

/** Pro for 80.00, down to Starter on day 15, a purchase given back in part, a plan whose card fails. */
beforeAll(async () => {
  world = await newWorld({ startsAt: '2026-01-01T00:00:00Z' })
  const plans = await makePlans(world)
  subscription_id = await subscribeTo(world, plans.pro)
  const [first] = await rowsOf(world, 'payments')
  customer_id = first?.customer_id ?? ''
  await world.advanceTo('2026-01-10T00:00:00Z')
  const { checkout_id } = await buy(world, download(4900, { name: '100% Brushes' }))
  const bought = (await rowsOf(world, 'payments')).find((row) => row.checkout_id === checkout_id)
  await world.advanceTo('2026-01-16T00:00:00Z')
  await change(world, subscription_id, plans.starter)
  await world.advanceTo('2026-01-17T00:00:00Z')
  const payment_id = bought?.payment_id ?? ''
  await createRefund(await world.fresh(), { payment_id, items: null, reason: null, metadata: {} })
  await world.work()
  await world.advanceTo('2026-01-18T00:00:00Z')
  await buy(world, plan({ price: 450 }, { name: 'Textures' }), { card: cards.failsLater })
  await world.advanceTo('2026-02-20T00:00:00Z')
})

async function told(filter: Partial<HistoryFilter> = {}, page = { page_number: 0, page_size: 50 }) {
  const entries = await listHistory(await world.fresh(), { customer_id, ...filter }, page)
  return entries.map((entry) => {
    const amount = entry.entry === 'payment' ? entry.total_amount : -entry.amount
    return `${entry.created_at.toString().slice(5, 10)} ${entry.entry} ${entry.status} ${amount / 100}`
  })
}

test('newest first, in pages that neither repeat nor leave out', async () => {
  const all = await told()
  expect(all).toEqual([
    '02-18 payment failed 4.5',
    // The credit of the change pays it.
    '01-31 payment succeeded 0',
    '01-18 payment succeeded 4.5',
    '01-17 refund succeeded -49',
    '01-16 credit succeeded -30',
    '01-10 payment succeeded 49',
    '01-01 payment succeeded 80',
  ])
  const pages = await Promise.all([0, 1, 2].map((page_number) => told({}, { page_number, page_size: 3 })))
  expect(pages.flat()).toEqual(all.slice(0, 9))
  const read: string[] = []
  for await (const batch of readHistory(await world.fresh(), { customer_id })) read.push(...batch.map((it) => it.entry))
  expect(read).toEqual(all.map((line) => line.split(' ')[1]))
})

describe('narrowed', () => {
  test.each<[Partial<HistoryFilter>, (line: string) => boolean]>([
    [{ status: 'refunded' }, (line) => / (refund|credit) /.test(line)],
    [{ status: 'failed' }, (line) => line.includes('payment failed')],
    [{ status: 'succeeded' }, (line) => line.includes('payment succeeded')],
    [{ status: 'processing' }, () => false],
    [{ created_at_gte: Temporal.Instant.from('2026-01-16T00:00:00Z') }, (line) => line >= '01-16'],
    [{ created_at_lt: Temporal.Instant.from('2026-01-16T00:00:00Z') }, (line) => line < '01-16'],
    [{ search: '100%' }, (line) => Math.abs(Number(line.split(' ').at(-1))) === 49],
    [{ search: '%' }, (line) => Math.abs(Number(line.split(' ').at(-1))) === 49],
    [{ search: 'brush_s' }, () => false],
    [{ pricing_type: 'one_time' }, (line) => Math.abs(Number(line.split(' ').at(-1))) === 49],
  ])('%o', async (filter, belongs) => {
    expect(await told(filter)).toEqual((await told()).filter(belongs))
  })

  test('to a subscription', async () => {
    const entries = await listHistory(
      await world.fresh(),
      { customer_id, subscription_id },
      { page_number: 0, page_size: 50 },
    )
    expect(new Set(entries.map((entry) => entry.subscription_id))).toEqual(new Set([subscription_id]))
    expect(entries.some(({ entry }) => entry === 'credit')).toBe(true)
  })

  test('to the number of a paper', async () => {
    const [note] = await rowsOf(world, 'credit_notes')
    const number = note?.number ?? ''
    expect(number).toMatch(/CN-\d+/)
    for (const search of [number, number.toLowerCase()]) expect(await told({ search })).toHaveLength(1)
  })
})

test('somebody else sees none of it', async () => {
  const other = await buy(world, download(900), { email: 'other@elsewhere.example', name: 'Other' })
  expect(await told({ customer_id: other.customer_id })).toHaveLength(1)
  expect(await told({ customer_id: other.customer_id, subscription_id })).toEqual([])
})

test('the papers of some days: invoices, corrections, credit notes', async () => {
  const [payment] = (await rowsOf(world, 'payments')).filter(({ status }) => status === 'succeeded')
  await correctInvoice(await world.fresh(), payment?.payment_id ?? '', { name: 'Mara L.' })
  const ctx = await world.fresh()
  const kinds: string[] = []
  for await (const { kind, number } of listDocuments(ctx, { customer_id })) kinds.push(`${kind} ${number}`)
  const rows = await Promise.all([
    rowsOf(world, 'invoices'),
    rowsOf(world, 'invoice_corrections'),
    rowsOf(world, 'credit_notes'),
  ])
  const numbers = rows.flatMap((of) =>
    of
      .filter((row) => row.customer_id === customer_id)
      .map(({ number }) => number)
      .sort(),
  )
  expect(kinds.map((kind) => kind.split(' ')[1])).toEqual(numbers)
  expect(await countDocuments(ctx, { customer_id })).toBe(kinds.length)
  const january = { customer_id, issued_at_lt: Temporal.Instant.from('2026-01-16T00:00:00Z') }
  expect(await countDocuments(ctx, january)).toBe(2)
})
