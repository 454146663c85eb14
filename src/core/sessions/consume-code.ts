// The six digits of the mail, typed into the browser that asked for them.
import { from, update } from '#core/scope.ts'
import { hasOtherCustomers } from '#core/sessions/choose-customer.ts'
import { findProvenAddress, useLink } from '#core/sessions/consume-link.ts'
import { type OpenedSession, openSession } from '#core/sessions/open-session.ts'
import { CODE_TRIES, isSameCode, signInCode } from '#core/sessions/tokens.ts'
import { hashSecret } from '#core/unscoped/by-secret.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

export type CodeResult =
  /** `has_choice`: the address has other customers at this business. */
  | { type: 'opened'; session: OpenedSession; return_path: string | null; has_choice: boolean }
  | { type: 'wrong' }
  /** Five wrong tries, or nothing to try any more: ask for a new mail. */
  | { type: 'exhausted' }

export async function consumeCode(
  outer: BusinessCtx,
  input: { code: string; flow: string; cookie: string | undefined; user_agent: string | null },
): Promise<CodeResult> {
  return inTransaction(outer, async (ctx) => {
    const request = await from(ctx, 'sign_in_requests')
      .selectAll()
      .where('flow_hash', '=', hashSecret(input.flow))
      .orderBy('created_at', 'desc')
      .forUpdate()
      .executeTakeFirst()
    if (request === undefined || request.code_tries >= CODE_TRIES) return { type: 'exhausted' }
    const link = await from(ctx, 'access_links')
      .selectAll()
      .where('request_id', '=', request.request_id)
      .where('used_at', 'is', null)
      .where('expires_at', '>', ctx.wall.now())
      .forUpdate()
      .executeTakeFirst()
    if (link === undefined || !isSameCode(input.code, signInCode(ctx, link))) {
      await update(ctx, 'sign_in_requests')
        .set({ code_tries: request.code_tries + 1 })
        .where('request_id', '=', request.request_id)
        .execute()
      return { type: request.code_tries + 1 >= CODE_TRIES ? 'exhausted' : 'wrong' }
    }
    const { customer_id, return_url, return_path } = link
    const { cookie, user_agent } = input
    const proven_email_key = await findProvenAddress(ctx, link)
    const by = 'code'
    const session = await openSession(ctx, { customer_id, return_url, proven_email_key, by, cookie, user_agent })
    await useLink(ctx, link.link_id, session.session_id)
    const has_choice = await hasOtherCustomers(ctx, { customer_id, proven_email_key })
    return { type: 'opened', session, return_path, has_choice }
  })
}
