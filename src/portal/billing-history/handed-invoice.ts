// An invoice by an address that was handed on: no sign-in, until it ends.
import { Hono } from 'hono'
import { getBusinessCtx } from '#core/businesses/queries.ts'
import { getCustomer } from '#core/customers/queries.ts'
import { readInvoiceLink } from '#core/invoices/invoice-link.ts'
import { findInvoice } from '#core/invoices/queries.ts'
import { limiter } from '#door/limiter.ts'
import { negotiate } from '#i18n/negotiate.ts'
import { renderInvoice } from '#pdf/render-invoice.ts'
import type { AppContext, AppEnv } from '#src/app-env.ts'
import { notFound } from '#src/errors.ts'
import { sendPdf } from './send-pdf.ts'

export function handedInvoices(): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  // Drawing is work.
  const perMinute = limiter(30, 60)
  door.get('/:payment_id', async (c) => {
    await perMinute(c, c.var.client_ip)
    return sendInvoice(c)
  })
  return door
}

/** One that has ended leads to the sign-in, and from there to the payment. */
async function sendInvoice(c: AppContext) {
  const [business_id, payment_id] = [c.req.param('business_id') ?? '', c.req.param('payment_id') ?? '']
  const ctx = await getBusinessCtx(c.var.ctx, business_id)
  const { until = '', signature = '' } = c.req.query()
  const found = readInvoiceLink(ctx, payment_id, { until, signature })
  if (found === 'none') throw notFound('invoice')
  if (found === 'expired') return c.redirect(ctx.urls.portal.payment(business_id, payment_id), 303)
  const invoice = await findInvoice(ctx, payment_id)
  if (invoice === undefined) throw notFound('invoice')
  const { locale } = await getCustomer(ctx, invoice.customer_id)
  return sendPdf(c, invoice.number, await renderInvoice(invoice.document, negotiate({ stored: locale })))
}
