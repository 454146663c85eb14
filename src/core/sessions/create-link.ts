import { owned } from '#core/scope.ts'
import { linkToken } from '#core/sessions/tokens.ts'
import { hashSecret } from '#core/unscoped/by-secret.ts'
import type { BusinessCtx } from '#src/context.ts'
import { newId, newSecret } from '#src/ids.ts'

export interface NewLink {
  customer_id: string
  purpose: 'invite' | 'sign_in'
  lifetime: Temporal.Duration
  request_id?: string | null
  return_url?: string | null
  return_path?: string | null
}

/** A one-time link into the portal; the token in it is not stored. */
export async function createLink(ctx: BusinessCtx, input: NewLink): Promise<{ link_id: string; token: string }> {
  const now = ctx.wall.now()
  const { lifetime, ...columns } = input
  const link_id = newId('access_link', now.epochMilliseconds)
  const nonce = newSecret()
  const token = linkToken(ctx, { link_id, nonce })
  await ctx.db
    .insertInto('access_links')
    .values({
      ...owned(ctx),
      link_id,
      nonce,
      token_hash: hashSecret(token),
      ...columns,
      created_at: now,
      expires_at: now.add(lifetime),
    })
    .execute()
  return { link_id, token }
}
