import { findCorrection, findInvoice, type IssuedInvoice, listCreditNotesOf } from '#core/invoices/queries.ts'
import { listBilling } from '#core/payments/list-billing.ts'
import { getDuesLines } from '#core/payments/queries.ts'
import { noticeOf } from '#portal/notice.tsx'
import { portalPage } from '#portal/portal-page.ts'
import type { AppContext } from '#src/app-env.ts'
import type { BusinessCtx } from '#src/context.ts'
import { notFound } from '#src/errors.ts'
import { paymentMethodName } from '#ui/components/payment-method.tsx'
import { billingRows } from './billing-rows.ts'
import { type PaidLine, PaymentPage } from './payment-page.tsx'

/** Somebody else's payment is not there. */
export async function showPayment(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  const payment_id = c.req.param('payment_id') ?? ''
  const found = { payment_ids: [payment_id], customer_id: customer.customer_id }
  const [payment] = await listBilling(ctx, found, { page_number: 0, page_size: 1 })
  const [row] = payment === undefined ? [] : billingRows([{ entry: 'payment', ...payment }])
  if (payment === undefined || row === undefined) throw notFound('payment')
  const [invoice, correction, notes] = await Promise.all([
    findInvoice(ctx, payment_id),
    findCorrection(ctx, payment_id),
    listCreditNotesOf(ctx, payment_id),
  ])
  const page = portalPage(c)
  const { card_network, card_last_four, payment_method } = payment
  const upi = { type: 'upi', display: invoice?.document.payment.method ?? null } as const
  const card = { type: 'card', display: null } as const
  const method = { ...(payment_method === 'card' ? card : upi), expiry_month: null, expiry_year: null }
  return c.html(
    <PaymentPage
      page={page}
      notice={noticeOf(c.req.query('done'))}
      list_href={listCameFrom(c)}
      payment={row}
      subscription_id={payment.subscription_id}
      lines={await linesOf(ctx, payment.dues_id, invoice)}
      sums={invoice === undefined ? null : invoice.document}
      method={
        payment_method === null ? null : paymentMethodName(page.i18n, { ...method, card_network, card_last_four })
      }
      correction={correction?.number ?? null}
      credit_notes={notes.map(({ credit_note_id, number, document }) => ({
        credit_note_id,
        number,
        total: document.total,
      }))}
    />,
  )
}

const LONGEST = 1_000

/** The billing history with the filters and the page it was left with. */
function listCameFrom(c: AppContext): string {
  const { ctx } = c.var.visitor
  const list = ctx.urls.portal.billingHistory(ctx.business.business_id)
  const from = c.req.header('referer') ?? ''
  return from.startsWith(`${list}?`) && from.length < LONGEST ? from : list
}

/** As invoiced; as owed where nothing was. */
async function linesOf(ctx: BusinessCtx, dues_id: string, invoice: IssuedInvoice | undefined): Promise<PaidLine[]> {
  if (invoice !== undefined) return invoice.document.lines
  return getDuesLines(ctx, dues_id)
}
