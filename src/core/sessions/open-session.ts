import { recordAudit } from '#core/audit/record-audit.ts'
import { hasIdled, LIFETIME } from '#core/sessions/lifetimes.ts'
import { findSessionByToken, hashSecret } from '#core/unscoped/by-secret.ts'
import { type BusinessCtx, withActor } from '#src/context.ts'
import { newId, newSecret } from '#src/ids.ts'

export interface SignIn {
  customer_id: string
  return_url: string | null
  /** The browser's present session cookie: its grants move to the new session and the old one ends. */
  cookie: string | undefined
  user_agent: string | null
}

export interface OpenedSession {
  session_id: string
  /** The cookie's value; only its hash is stored. */
  token: string
}

/** A new session at every sign-in, so that nobody can prepare one for somebody else. Call it in the link's transaction. */
export async function openSession(ctx: BusinessCtx, input: SignIn): Promise<OpenedSession> {
  const now = ctx.wall.now()
  const token = newSecret()
  const session_id = newId('portal_session', now.epochMilliseconds)
  await ctx.db
    .insertInto('portal_sessions')
    .values({
      session_id,
      token_hash: hashSecret(token),
      user_agent: input.user_agent?.slice(0, 300) ?? null,
      created_at: now,
      last_seen_at: now,
      expires_at: now.add(LIFETIME),
    })
    .execute()
  if (input.cookie !== undefined) await moveGrants(ctx, input.cookie, session_id)
  const { customer_id, return_url } = input
  await ctx.db
    .insertInto('session_grants')
    .values({ business_id: ctx.business.business_id, session_id, customer_id, return_url, granted_at: now })
    .onConflict((conflict) =>
      conflict.columns(['business_id', 'session_id']).doUpdateSet({ customer_id, return_url, granted_at: now }),
    )
    .execute()
  const customerCtx = withActor(ctx, { type: 'customer', id: customer_id })
  await recordAudit(customerCtx, { action: 'session.opened', resource_id: session_id, customer_id })
  return { session_id, token }
}

async function moveGrants(ctx: BusinessCtx, cookie: string, session_id: string): Promise<void> {
  const old = await findSessionByToken(ctx, cookie)
  if (old === undefined || hasIdled(old, ctx.wall.now())) return
  await ctx.db.updateTable('session_grants').set({ session_id }).where('session_id', '=', old.session_id).execute()
  await ctx.db
    .updateTable('portal_sessions')
    .set({ ended_at: ctx.wall.now() })
    .where('session_id', '=', old.session_id)
    .execute()
}
