import { Hono } from 'hono'
import { findInvoice } from '#core/invoices/queries.ts'
import { listPayments, type PaymentFilter } from '#core/payments/queries.ts'
import { renderInvoice } from '#pdf/render-invoice.ts'
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
  return door
}

async function showHistory(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  const filter = readFilter(c)
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
      listPayments(ctx, asked, { page_number, page_size: PAGE_SIZE }),
      listPayments(ctx, asked, { page_number: (page_number + 1) * PAGE_SIZE, page_size: 1 }),
    ])
    return { here, next }
  }
}

function readFilter(c: AppContext): BillingFilter {
  const status = c.req.query('status')
  const type = c.req.query('type')
  return {
    status: filterStatuses.find((known) => known === status) ?? null,
    type: filterTypes.find((known) => known === type) ?? null,
  }
}

function queryOf({ status, type }: BillingFilter): PaymentFilter {
  return {
    status: status ?? undefined,
    pricing_type: type === null ? undefined : type === 'one_time_price' ? 'one_time' : 'subscription',
  }
}

function readPageNumber(c: AppContext): number {
  const number = Number(c.req.query('page') ?? 1)
  return Number.isInteger(number) && number >= 1 && number <= DEEPEST_PAGE ? number : 1
}

/** Drawn in the language of the page it was asked from; somebody else's invoice is not there. */
async function downloadInvoice(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  const invoice = await findInvoice(ctx, c.req.param('payment_id') ?? '')
  if (invoice === undefined || invoice.customer_id !== customer.customer_id) throw notFound('invoice')
  const { i18n } = portalPage(c)
  const pdf = await renderInvoice(invoice.document, i18n.locale)
  return c.body(pdf as Uint8Array<ArrayBuffer>, 200, {
    'content-type': 'application/pdf',
    'content-disposition': `attachment; filename="${invoice.number}.pdf"`,
    'x-content-type-options': 'nosniff',
  })
}
