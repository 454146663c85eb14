// Everything an address has, at whichever business. Only a session that proved the address by mail sees it; a merchant's link and the
// sign-in of one business never lead here.

import { Hono, type MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { enterBusiness } from '#core/addresses/enter-business.ts'
import { businessOfOwnPayment } from '#core/addresses/find-own-payment.ts'
import { findReader } from '#core/addresses/find-reader.ts'
import { listHistoryOfAddress, listPlaces } from '#core/addresses/list-places.ts'
import { findInvoice, listCreditNotesOf } from '#core/invoices/queries.ts'
import { endSession } from '#core/sessions/sign-out.ts'
import { portalPath } from '#core/sessions/tokens.ts'
import { pageOf } from '#door/request.ts'
import { renderCreditNote, renderInvoice } from '#pdf/render-invoice.ts'
import { sendPdf } from '#portal/billing-history/send-pdf.ts'
import { BillingPage } from '#portal/businesses/billing-page.tsx'
import { BusinessesPage } from '#portal/businesses/businesses-page.tsx'
import type { ReaderPage } from '#portal/businesses/frame.tsx'
import { gettingInEverywhere } from '#portal/businesses/getting-in.tsx'
import { holdingsOf, merchantsOf, placedRows } from '#portal/businesses/tell-places.ts'
import { clearSession, readSession } from '#portal/cookies.ts'
import { SignedOutPage } from '#portal/getting-in/signed-out-page.tsx'
import { orLogged } from '#portal/or-logged.ts'
import { assertReached, readPageNumber, readPageOf } from '#portal/page-number.ts'
import { csrfToken } from '#portal/portal-page.ts'
import type { AppContext, AppEnv } from '#src/app-env.ts'
import { AppError, notFound } from '#src/errors.ts'
import { parseForm, textField } from '#ui/parse-form.ts'

const LATEST = 10
const PAGE_SIZE = 25
const PLACES = 30

export function everyBusiness(limited: MiddlewareHandler<AppEnv>): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  door.route('/', gettingInEverywhere(limited))
  door.route('/businesses', behindTheSignIn())
  return door
}

function behindTheSignIn(): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  door.use(requireReader)
  door.get('/', showEverything)
  door.get('/billing-history', showBilling)
  door.get('/:business_id/invoices/:payment_id', downloadInvoice)
  door.get('/:business_id/invoices/:payment_id/credit-notes/:credit_note_id', downloadCreditNote)
  door.post('/:business_id/entry', enter)
  door.post('/sign-out', leave)
  return door
}

async function requireReader(c: AppContext, next: () => Promise<void>) {
  const cookie = readSession(c)
  const reader = await findReader(c.var.ctx, cookie)
  if (reader === undefined) {
    const page = { ...pageOf(c), business: null }
    return c.html(<SignedOutPage page={page} reason="needed" login_href={c.var.ctx.urls.home()} />, 401)
  }
  c.set('reader', reader)
  if (c.req.method === 'POST') {
    const form = await c.req.parseBody()
    if (form.csrf_token !== csrfToken(reader)) throw new AppError('FORBIDDEN')
  }
  return next()
}

function readerPage(c: AppContext): ReaderPage {
  const { reader } = c.var
  return { ...pageOf(c, { csrf_token: csrfToken(reader) }), email: reader.email_key }
}

async function showEverything(c: AppContext) {
  const { reader } = c.var
  const page = readerPage(c)
  const { locale } = page.i18n
  const [places, billing] = await Promise.all([
    orLogged(
      c,
      readPageOf(c, PLACES, (asked) => listPlaces(reader, asked)),
    ),
    orLogged(c, listHistoryOfAddress(reader, { page_number: 0, page_size: LATEST })),
  ])
  return c.html(
    <BusinessesPage
      page={page}
      merchants={places && merchantsOf(places.rows, locale)}
      page_number={places?.page_number ?? 1}
      has_more={places?.has_more ?? false}
      holdings={places === null ? [] : holdingsOf(places.rows, locale)}
      billing={billing && placedRows(billing.entries)}
      has_more_billing={billing?.has_more ?? false}
    />,
  )
}

async function showBilling(c: AppContext) {
  const number = readPageNumber(c)
  const found = await orLogged(c, listHistoryOfAddress(c.var.reader, { page_number: number - 1, page_size: PAGE_SIZE }))
  assertReached(c, number, found === null ? [null] : found.entries)
  return c.html(
    <BillingPage
      page={readerPage(c)}
      rows={found && placedRows(found.entries)}
      page_number={number}
      has_more={found?.has_more ?? false}
    />,
  )
}

/** The business named in the path, where the payment named there is the address's. */
async function ownPayment(c: AppContext) {
  const payment_id = c.req.param('payment_id') ?? ''
  return { payment_id, ctx: await businessOfOwnPayment(c.var.reader, c.req.param('business_id') ?? '', payment_id) }
}

async function downloadInvoice(c: AppContext) {
  const { ctx, payment_id } = await ownPayment(c)
  const invoice = await findInvoice(ctx, payment_id)
  if (invoice === undefined) throw notFound('invoice')
  return sendPdf(c, invoice.number, await renderInvoice(invoice.document, readerPage(c).i18n.locale))
}

async function downloadCreditNote(c: AppContext) {
  const { ctx, payment_id } = await ownPayment(c)
  const notes = await listCreditNotesOf(ctx, payment_id)
  const note = notes.find(({ credit_note_id }) => credit_note_id === c.req.param('credit_note_id'))
  if (note === undefined) throw notFound('credit note')
  return sendPdf(c, note.number, await renderCreditNote(note.document, readerPage(c).i18n.locale))
}

const entryForm = z.object({ customer_id: textField({ max: 60 }), to: textField({ max: 300 }) })

/** Into one business's portal, without signing in again. */
async function enter(c: AppContext) {
  const form = parseForm(entryForm, await c.req.parseBody({ all: true }))
  if (!form.ok) throw new AppError('INVALID_REQUEST_BODY')
  const business_id = c.req.param('business_id') ?? ''
  const { customer_id, to } = form.values
  await enterBusiness(c.var.reader, { business_id, customer_id: customer_id === '' ? undefined : customer_id })
  const { urls } = c.var.ctx
  const path = portalPath(business_id, to)
  return c.redirect(path === null ? urls.portal.overview(business_id) : `${urls.base}${path}`, 303)
}

async function leave(c: AppContext) {
  await endSession(c.var.reader.ctx, c.var.reader.session_id)
  clearSession(c)
  const page = { ...pageOf(c, { language: { method: 'get', action: '/' } }), business: null }
  return c.html(<SignedOutPage page={page} reason="signed_out" login_href={c.var.ctx.urls.home()} />)
}
