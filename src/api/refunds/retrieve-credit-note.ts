import { endpoint } from '#api/endpoint.ts'
import { getCustomer } from '#core/customers/queries.ts'
import { findCreditNoteOf } from '#core/invoices/queries.ts'
import { negotiate } from '#i18n/negotiate.ts'
import { renderCreditNote } from '#pdf/render-invoice.ts'
import { notFound } from '#src/errors.ts'

export const retrieveCreditNoteEndpoint = endpoint(
  {
    method: 'get',
    path: '/invoices/refunds/{refund_id}',
    operation: 'retrieveCreditNote',
    noun: 'Refunds',
    summary: 'Download the credit note of a refund',
    description:
      'A PDF in the customer’s language, or in English. There is none until the refund has succeeded, nor where what was refunded ' +
      'had never been invoiced.',
    answer: 'application/pdf',
  },
  async (ctx, { params }) => {
    const note = await findCreditNoteOf(ctx, params.refund_id)
    if (note === undefined) throw notFound('credit note')
    const { locale } = await getCustomer(ctx, note.customer_id)
    const pdf = await renderCreditNote(note.document, negotiate({ stored: locale }))
    return new Response(new Uint8Array(pdf), {
      headers: {
        'Content-Type': 'application/pdf',
        'Content-Disposition': `attachment; filename="${note.number}.pdf"`,
      },
    })
  },
)
