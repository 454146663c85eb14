import { endpoint } from '#api/endpoint.ts'
import { getCustomer } from '#core/customers/queries.ts'
import { findInvoice } from '#core/invoices/queries.ts'
import { negotiate } from '#i18n/negotiate.ts'
import { renderInvoice } from '#pdf/render-invoice.ts'
import { notFound } from '#src/errors.ts'

export const retrieveInvoiceEndpoint = endpoint(
  {
    method: 'get',
    path: '/invoices/payments/{payment_id}',
    operation: 'retrieveInvoice',
    noun: 'Payments',
    summary: 'Download the invoice of a payment',
    description: 'A PDF in the customer’s language, or in English. There is none until the payment has succeeded.',
    answer: 'application/pdf',
  },
  async (ctx, { params }) => {
    const invoice = await findInvoice(ctx, params.payment_id)
    if (invoice === undefined) throw notFound('invoice')
    const { locale } = await getCustomer(ctx, invoice.customer_id)
    const pdf = await renderInvoice(invoice.document, negotiate({ stored: locale }))
    return new Response(new Uint8Array(pdf), {
      headers: {
        'Content-Type': 'application/pdf',
        'Content-Disposition': `attachment; filename="${invoice.number}.pdf"`,
      },
    })
  },
)
