// A mail is drawn when it is sent or looked at; what is secret in it is derived then and stored nowhere.
import { mailKinds } from '#core/emails/kinds.ts'
import type { Email } from '#core/emails/queries.ts'
import { isErased } from '#core/emails/read-sent.ts'
import { Layout } from '#email/layout.tsx'
import { type Letter, tame } from '#email/letter.ts'
import { lookOf } from '#email/look.ts'
import type { Mail } from '#email/mail.ts'
import { mails, type TemplateName } from '#email/mails.ts'
import { plainText } from '#email/plain-text.ts'
import { senderOf } from '#email/sender.ts'
import { negotiate } from '#i18n/negotiate.ts'
import { type Translator, translator } from '#i18n/translator.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface DrawnEmail {
  subject: string
  html: string
  text: string
  /** The invoice of this payment goes with it. */
  invoice_of: string | undefined
}

/** `again`: for somebody else than its reader, who gets none of the links that open something by themselves. */
export async function renderEmail(outer: BusinessCtx, email: Email, { again = false } = {}): Promise<DrawnEmail> {
  const ctx = senderOf(outer, email)
  const i18n = translator(negotiate({ stored: email.locale }), ctx.business.timezone)
  const about = mails[email.template as TemplateName]
  const letter = isErased(email)
    ? { subject: i18n.t('email.erased.subject'), blocks: [] }
    : await about.draw({ ctx, i18n, again }, email.data)
  return drawLetter(ctx, i18n, about, letter)
}

function drawLetter(ctx: BusinessCtx, i18n: Translator, { kind }: Mail, drawn: Letter): DrawnEmail {
  const letter = { ...drawn, subject: oneLine(drawn.subject) }
  const { name: business, support_email: address } = ctx.business
  const { to } = mailKinds[kind]
  const footer =
    to === 'merchant'
      ? i18n.t('email.to_merchant')
      : address === null
        ? null
        : i18n.t('email.support', { business, address })
  const html = <Layout i18n={i18n} look={lookOf(ctx)} business={business} footer={footer} letter={letter} />
  return {
    subject: letter.subject,
    html: `<!doctype html>${html}`,
    text: plainText(letter, footer),
    invoice_of: letter.invoice_of,
  }
}

/** A merchant's name in a subject must not become a header. */
function oneLine(text: string): string {
  return tame(text).slice(0, 200)
}
