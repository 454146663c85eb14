import { Hono } from 'hono'
import { listHistory } from '#core/billing-history/list-history.ts'
import { findCorrection, findInvoice, listCreditNotesOf } from '#core/invoices/queries.ts'
import { renderCorrection, renderCreditNote, renderInvoice } from '#pdf/render-invoice.ts'
import { BillingHistoryPage } from '#portal/billing-history/billing-history-page.tsx'
import { billingRows } from '#portal/billing-history/billing-rows.ts'
import { exportCsv } from '#portal/billing-history/export-csv.ts'
import { exportZip, MOST_DOCUMENTS } from '#portal/billing-history/export-zip.ts'
import { asksForCard, asQuery, filterOf, readHistoryQuery } from '#portal/billing-history/history-query.ts'
import { askForDetails, correctDetails } from '#portal/billing-history/invoice-details.tsx'
import { readOwnHistoryQuery } from '#portal/billing-history/own-history-query.ts'
import { sendPdf } from '#portal/billing-history/send-pdf.ts'
import { showPayment } from '#portal/billing-history/show-payment.tsx'
import { orLogged } from '#portal/or-logged.ts'
import { readPageOf } from '#portal/page-number.ts'
import { portalPage } from '#portal/portal-page.ts'
import type { AppContext, AppEnv } from '#src/app-env.ts'
import { notFound } from '#src/errors.ts'

const PAGE_SIZE = 25

export function billingHistoryRoutes(): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  door.get('/', showHistory)
  door.get('/export.csv', exportCsv)
  door.get('/documents.zip', async (c) => {
    const sent = await exportZip(c)
    return sent instanceof Response ? sent : drawHistory(c, { count: sent.count, most: MOST_DOCUMENTS })
  })
  door.get('/:payment_id', showPayment)
  door.get('/:payment_id/details', askForDetails)
  door.post('/:payment_id/details', correctDetails)
  door.get('/:payment_id/invoice', downloadInvoice)
  door.get('/:payment_id/correction', downloadCorrection)
  door.get('/:payment_id/credit-notes/:credit_note_id', downloadCreditNote)
  return door
}

async function showHistory(c: AppContext) {
  if (!asksForCard(c)) return drawHistory(c)
  const { urls, business } = c.var.visitor.ctx
  return c.redirect(
    urls.portal.billingHistory(business.business_id, { ...asQuery(readHistoryQuery(c)), refused: 'q' }),
    303,
  )
}

async function drawHistory(c: AppContext, too_many?: { count: number; most: number }) {
  const { ctx, customer } = c.var.visitor
  const { customer_id } = customer
  const { asked, subscriptions } = await readOwnHistoryQuery(c)
  const filter = filterOf(asked, customer_id, ctx.business.timezone)
  const found = await orLogged(
    c,
    readPageOf(c, PAGE_SIZE, (page) => listHistory(ctx, filter, page)),
  )
  return c.html(
    <BillingHistoryPage
      page={portalPage(c)}
      asked={asked}
      subscriptions={subscriptions}
      page_number={found?.page_number ?? 1}
      has_more={found?.has_more ?? false}
      rows={found === null ? null : billingRows(found.rows)}
      too_many={too_many}
      q_problem={c.req.query('refused') === 'q' ? 'error.form.card_number' : undefined}
    />,
    too_many === undefined ? 200 : 422,
  )
}

/** Drawn in the language of the page it was asked from; somebody else's invoice is not there. */
async function downloadInvoice(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  const invoice = await findInvoice(ctx, c.req.param('payment_id') ?? '')
  if (invoice === undefined || invoice.customer_id !== customer.customer_id) throw notFound('invoice')
  return sendPdf(c, invoice.number, await renderInvoice(invoice.document, portalPage(c).i18n.locale))
}

async function downloadCorrection(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  const correction = await findCorrection(ctx, c.req.param('payment_id') ?? '')
  if (correction === undefined || correction.customer_id !== customer.customer_id) throw notFound('correction')
  return sendPdf(c, correction.number, await renderCorrection(correction.document, portalPage(c).i18n.locale))
}

async function downloadCreditNote(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  const notes = await listCreditNotesOf(ctx, c.req.param('payment_id') ?? '')
  const note = notes.find(({ credit_note_id }) => credit_note_id === c.req.param('credit_note_id'))
  if (note === undefined || note.customer_id !== customer.customer_id) throw notFound('credit note')
  return sendPdf(c, note.number, await renderCreditNote(note.document, portalPage(c).i18n.locale))
}
