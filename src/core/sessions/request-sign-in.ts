// "Send me a link". Known and unknown addresses do exactly the same work here; the worker looks the address up afterwards.
import { emailKey } from '#core/customers/email-key.ts'
import { from, owned } from '#core/scope.ts'
import { CODE_TRIES, portalPath } from '#core/sessions/tokens.ts'
import { hashSecret } from '#core/unscoped/by-secret.ts'
import { WORK_CHANNEL } from '#core/work-channel.ts'
import { notify } from '#db/listen.ts'
import type { BusinessCtx } from '#src/context.ts'
import { newId, newSecret } from '#src/ids.ts'

export interface SignInRequest {
  email: string
  locale: string
  return_path?: string | null
  /** The cookie of the browser that asks, where it asked before. */
  flow: string | undefined
}

const RESEND_AFTER = Temporal.Duration.from({ seconds: 60 })

/** The flow cookie to set. Asking again from the same browser within 60 s sends nothing new, while the code there can still be tried. */
export async function requestSignIn(ctx: BusinessCtx, input: SignInRequest): Promise<string> {
  const flow = input.flow ?? newSecret()
  const now = ctx.wall.now()
  const recent = await from(ctx, 'sign_in_requests')
    .select('request_id')
    .where('flow_hash', '=', hashSecret(flow))
    .where('email_key', '=', emailKey(input.email))
    .where('code_tries', '<', CODE_TRIES)
    .where('created_at', '>', now.subtract(RESEND_AFTER))
    .executeTakeFirst()
  if (recent !== undefined) return flow
  await ctx.db
    .insertInto('sign_in_requests')
    .values({
      ...owned(ctx),
      request_id: newId('sign_in_request', now.epochMilliseconds),
      email: input.email,
      locale: input.locale,
      flow_hash: hashSecret(flow),
      return_path: portalPath(ctx.business.business_id, input.return_path),
      created_at: now,
    })
    .execute()
  await notify(ctx.db, WORK_CHANNEL, ctx.mode)
  return flow
}
