// A mail is drawn when it is sent or looked at; what is secret in it is derived then and stored nowhere.
import type { Email } from '#core/emails/queries.ts'
import { Layout } from '#email/layout.tsx'
import { type Drawing, drawInvite } from '#email/templates/invite.tsx'
import { drawSignIn } from '#email/templates/sign-in.tsx'
import { drawWebhookDisabled } from '#email/templates/webhook-disabled.tsx'
import { negotiate } from '#i18n/negotiate.ts'
import { type Translator, translator } from '#i18n/translator.ts'
import type { BusinessCtx } from '#src/context.ts'

export type TemplateName = 'sign-in' | 'invite' | 'webhook-disabled'

type Template = (ctx: BusinessCtx, resource_id: string, i18n: Translator) => Promise<Drawing>

const templates: Record<TemplateName, Template> = {
  'sign-in': drawSignIn,
  invite: drawInvite,
  'webhook-disabled': drawWebhookDisabled,
}

/** Written to the merchant and not to a customer. */
const toMerchant = new Set<string>(['webhook-disabled'] satisfies TemplateName[])

export interface DrawnEmail {
  subject: string
  html: string
  text: string
}

export async function renderEmail(ctx: BusinessCtx, email: Email): Promise<DrawnEmail> {
  const draw = templates[email.template as TemplateName]
  const i18n = translator(negotiate({ stored: email.locale }), ctx.business.timezone)
  const { resource_id } = email.data as { resource_id: string }
  const { subject, body, text } = await draw(ctx, resource_id, i18n)
  const support_email = toMerchant.has(email.template) ? null : ctx.business.support_email
  const html = (
    <Layout i18n={i18n} subject={subject} business={ctx.business.name} support_email={support_email}>
      {body}
    </Layout>
  )
  return { subject: oneLine(subject), html: `<!doctype html>${html}`, text }
}

/** A merchant's name in a subject must not become a header. */
function oneLine(text: string): string {
  return text.replaceAll(/[\r\n\p{Cc}]+/gu, ' ').slice(0, 200)
}
