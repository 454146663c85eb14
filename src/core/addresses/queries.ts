import { addressCode, addressToken } from '#core/sessions/tokens.ts'
import type { Ctx } from '#src/context.ts'

/** What the mail says, derived anew each time it is drawn. */
export async function getMailedAddressLink(ctx: Ctx, sign_in_id: string): Promise<{ url: string; code: string }> {
  const { nonce } = await ctx.db
    .selectFrom('address_sign_ins')
    .select('nonce')
    .where('sign_in_id', '=', sign_in_id)
    .where('nonce', 'is not', null)
    .$narrowType<{ nonce: string }>()
    .executeTakeFirstOrThrow()
  const link = { sign_in_id, nonce }
  return { url: ctx.urls.addressLink(addressToken(ctx, link)), code: addressCode(ctx, link) }
}
