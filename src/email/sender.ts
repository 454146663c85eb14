import type { Email } from '#core/emails/queries.ts'
import type { TemplateName } from '#email/mails.ts'
import type { BusinessCtx } from '#src/context.ts'

/** The mail about everything an address has is Portico's own: no business speaks in it, or hears of it. */
export function isOurs({ template }: Pick<Email, 'template'>): boolean {
  return template === ('address-sign-in' satisfies TemplateName)
}

export function senderOf(ctx: BusinessCtx, email: Pick<Email, 'template'>): BusinessCtx {
  if (!isOurs(email)) return ctx
  return { ...ctx, business: { ...ctx.business, name: 'Portico', support_email: null, timezone: 'UTC', theme: null } }
}
