import { findInvoice } from '#core/invoices/queries.ts'
import { bill } from '#email/bill.ts'
import { button, facts, say, whisper } from '#email/letter.ts'
import { mail } from '#email/mail.ts'
import { printable } from '#pdf/foreign-text.ts'
import { invoiceSheet } from '#pdf/invoice-sheet.ts'
import { notFound } from '#src/errors.ts'

const SUBJECT_LENGTH = 60

/** Money came, and here is the invoice. Nothing is written of an invoice of nothing, and of money that goes back. */
export const receipt = mail<{ payment_id: string }>({
  kind: 'payment_succeeded',
  gather: async (ctx, { resource_id: payment_id }) => {
    const invoice = await findInvoice(ctx, payment_id)
    return invoice === undefined || invoice.document.total === 0 ? undefined : { payment_id }
  },
  draw: async ({ ctx, i18n }, { payment_id }) => {
    const invoice = await findInvoice(ctx, payment_id)
    if (invoice === undefined) throw notFound('invoice')
    const { t } = i18n
    const { lines, total, currency } = invoice.document
    const sheet = invoiceSheet(invoice.document, i18n.locale)
    const amount = i18n.money(total, currency)
    const what = printable(lines[0]?.description ?? '', SUBJECT_LENGTH)
    return {
      subject: t('email.receipt.subject', { amount, what }),
      invoice_of: payment_id,
      blocks: [
        say(t('email.receipt.intro', { business: ctx.business.name })),
        bill(sheet),
        facts([...sheet.facts, { label: t('email.label.payment'), value: sheet.paid }]),
        ...(sheet.next === '' ? [] : [say(sheet.next)]),
        button(t('email.receipt.open'), ctx.urls.portal.invoice(ctx.business.business_id, payment_id)),
        ...(ctx.mode === 'live' ? [whisper(t('email.receipt.attached'))] : []),
      ],
    }
  },
})
