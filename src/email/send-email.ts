import { type Email, getEmail } from '#core/emails/queries.ts'
import { isErased } from '#core/emails/read-sent.ts'
import { settleEmail } from '#core/emails/settle-email.ts'
import { findInvoice } from '#core/invoices/queries.ts'
import type { Attachment, Mailer } from '#email/mailer.ts'
import { mails, type TemplateName } from '#email/mails.ts'
import { renderEmail } from '#email/render-email.tsx'
import { senderOf } from '#email/sender.ts'
import { negotiate } from '#i18n/negotiate.ts'
import { renderInvoice } from '#pdf/render-invoice.ts'
import type { BusinessCtx } from '#src/context.ts'

export type { Mailer } from '#email/mailer.ts'

/** Draws a queued mail, hands it to the mailer outside any transaction, and writes what became of it. */
export async function sendEmail(ctx: BusinessCtx, email_id: string, mailer: Mailer & { from?: string }): Promise<void> {
  const email = await getEmail(ctx, email_id)
  if (email.status !== 'queued') return
  if (!(await stillStands(ctx, email))) {
    return settleEmail(ctx, email, { status: 'refused', error: 'What it tells was replaced before it was sent' })
  }
  const { invoice_of, ...drawn } = await renderEmail(ctx, email)
  const attachments = mailer.attaches && invoice_of !== undefined ? await invoiceFile(ctx, email, invoice_of) : []
  const { name, email: address, support_email } = senderOf(ctx, email).business
  const delivery = await mailer.send({
    message_id: email.email_id,
    to: email.recipient,
    from: { name, address: mailer.from ?? address },
    reply_to: support_email,
    ...drawn,
    attachments,
  })
  await settleEmail(ctx, email, delivery)
}

async function stillStands(ctx: BusinessCtx, email: Email): Promise<boolean> {
  if (isErased(email)) return true
  return (await mails[email.template as TemplateName].stands?.(ctx, email.data)) ?? true
}

/** In the language of the mail. */
async function invoiceFile(ctx: BusinessCtx, { locale }: Email, payment_id: string): Promise<Attachment[]> {
  const invoice = await findInvoice(ctx, payment_id)
  if (invoice === undefined) return []
  const content = await renderInvoice(invoice.document, negotiate({ stored: locale }))
  return [{ filename: `${invoice.number}.pdf`, content }]
}
