import { Hono } from 'hono'
import { findInvoice, listCreditNotesOf } from '#core/invoices/queries.ts'
import { listBilling } from '#core/payments/list-billing.ts'
import type { PaymentFilter } from '#core/payments/queries.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import { renderCreditNote, renderInvoice } from '#pdf/render-invoice.ts'
import {
  type BillingFilter,
  BillingHistoryPage,
  filterStatuses,
  filterTypes,
} from '#portal/billing-history/billing-history-page.tsx'
import { billingRows } from '#portal/billing-history/billing-rows.ts'
import { orLogged } from '#portal/or-logged.ts'
import { portalPage } from '#portal/portal-page.ts'
import type { AppContext, AppEnv } from '#src/app-env.ts'
import { notFound } from '#src/errors.ts'

const PAGE_SIZE = 25
const DEEPEST_PAGE = 10_000

export function billingHistoryRoutes(): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  door.get('/', showHistory)
  door.get('/:payment_id/invoice', downloadInvoice)
  door.get('/:payment_id/credit-notes/:credit_note_id', downloadCreditNote)
  return door
}

async function showHistory(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  const filter = await readFilter(c)
  const number = readPageNumber(c)
  const asked = { customer_id: customer.customer_id, ...queryOf(filter) }
  // One more than is shown says whether there is a next page.
  const found = await orLogged(c, readPage(number - 1))
  return c.html(
    <BillingHistoryPage
      page={portalPage(c)}
      filter={filter}
      page_number={number}
      has_more={(found?.next.length ?? 0) > 0}
      rows={found === null ? null : billingRows(found.here)}
    />,
  )

  async function readPage(page_number: number) {
    const [here, next] = await Promise.all([
      listBilling(ctx, asked, { page_number, page_size: PAGE_SIZE }),
      listBilling(ctx, asked, { page_number: (page_number + 1) * PAGE_SIZE, page_size: 1 }),
    ])
    return { here, next }
  }
}

async function readFilter(c: AppContext): Promise<BillingFilter> {
  const status = c.req.query('status')
  const type = c.req.query('type')
  return {
    status: filterStatuses.find((known) => known === status) ?? null,
    type: filterTypes.find((known) => known === type) ?? null,
    subscription: await readSubscription(c),
  }
}

/** Somebody else's is not there. */
async function readSubscription(c: AppContext): Promise<BillingFilter['subscription']> {
  const asked = c.req.query('subscription')
  if (asked === undefined) return null
  const { ctx, customer } = c.var.visitor
  const { customer_id, subscription_id, product_name } = await getSubscription(ctx, asked)
  if (customer_id !== customer.customer_id) throw notFound('subscription')
  return { subscription_id, product_name }
}

function queryOf({ status, type, subscription }: BillingFilter): PaymentFilter {
  return {
    subscription_id: subscription?.subscription_id,
    status: status ?? undefined,
    pricing_type: type === null ? undefined : pricingTypes[type],
  }
}

const pricingTypes = {
  one_time_price: 'one_time',
  recurring_price: 'subscription',
  usage_based_price: 'usage',
} as const

function readPageNumber(c: AppContext): number {
  const number = Number(c.req.query('page') ?? 1)
  return Number.isInteger(number) && number >= 1 && number <= DEEPEST_PAGE ? number : 1
}

/** Drawn in the language of the page it was asked from; somebody else's invoice is not there. */
async function downloadInvoice(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  const invoice = await findInvoice(ctx, c.req.param('payment_id') ?? '')
  if (invoice === undefined || invoice.customer_id !== customer.customer_id) throw notFound('invoice')
  return sendPdf(c, invoice.number, await renderInvoice(invoice.document, portalPage(c).i18n.locale))
}

async function downloadCreditNote(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  const notes = await listCreditNotesOf(ctx, c.req.param('payment_id') ?? '')
  const note = notes.find(({ credit_note_id }) => credit_note_id === c.req.param('credit_note_id'))
  if (note === undefined || note.customer_id !== customer.customer_id) throw notFound('credit note')
  return sendPdf(c, note.number, await renderCreditNote(note.document, portalPage(c).i18n.locale))
}

function sendPdf(c: AppContext, number: string, pdf: Uint8Array) {
  return c.body(pdf as Uint8Array<ArrayBuffer>, 200, {
    'content-type': 'application/pdf',
    'content-disposition': `attachment; filename="${number}.pdf"`,
    'x-content-type-options': 'nosniff',
  })
}
