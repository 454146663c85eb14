import { from } from '#core/scope.ts'
import { linkToken, signInCode } from '#core/sessions/tokens.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface MailedLink {
  url: string
  /** Six digits; null for links a merchant made. */
  code: string | null
  expires_at: Temporal.Instant
}

/** What the mail about a link says, derived anew each time it is drawn. */
export async function getMailedLink(ctx: BusinessCtx, link_id: string): Promise<MailedLink> {
  const link = await from(ctx, 'access_links').selectAll().where('link_id', '=', link_id).executeTakeFirstOrThrow()
  return {
    url: ctx.urls.session(linkToken(ctx, link)),
    code: link.purpose === 'sign_in' ? signInCode(ctx, link) : null,
    expires_at: link.expires_at,
  }
}
