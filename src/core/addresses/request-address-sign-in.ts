// "Send me a link" to everything I have bought. Known and unknown addresses do exactly the same work here; the worker looks afterwards.
import { emailKey } from '#core/customers/email-key.ts'
import { CODE_TRIES } from '#core/sessions/tokens.ts'
import { hashSecret } from '#core/unscoped/by-secret.ts'
import { WORK_CHANNEL } from '#core/work-channel.ts'
import { notify } from '#db/listen.ts'
import type { Ctx } from '#src/context.ts'
import { newId, newSecret } from '#src/ids.ts'

export interface AddressRequest {
  email: string
  locale: string
  /** The cookie of the browser that asks, where it asked before. */
  flow: string | undefined
}

const RESEND_AFTER = Temporal.Duration.from({ seconds: 60 })

/** The flow cookie to set. Asking again from the same browser within 60 s sends nothing new, while the code there can still be tried. */
export async function requestAddressSignIn(ctx: Ctx, { email, locale, flow: known }: AddressRequest): Promise<string> {
  const flow = known ?? newSecret()
  const now = ctx.wall.now()
  const recent = await ctx.db
    .selectFrom('address_sign_ins')
    .select('sign_in_id')
    .where('flow_hash', '=', hashSecret(flow))
    .where('email_key', '=', emailKey(email))
    .where('code_tries', '<', CODE_TRIES)
    .where('created_at', '>', now.subtract(RESEND_AFTER))
    .executeTakeFirst()
  if (recent !== undefined) return flow
  await ctx.db
    .insertInto('address_sign_ins')
    .values({
      sign_in_id: newId('address_sign_in', now.epochMilliseconds),
      email,
      locale,
      flow_hash: hashSecret(flow),
      created_at: now,
    })
    .execute()
  await notify(ctx.db, WORK_CHANNEL, ctx.mode)
  return flow
}
