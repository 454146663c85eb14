import { recordAudit } from '#core/audit/record-audit.ts'
import { hasIdled, LIFETIME, provenAddress } from '#core/sessions/lifetimes.ts'
import { findSessionByToken, hashSecret } from '#core/unscoped/by-secret.ts'
import { type BusinessCtx, type Ctx, withActor } from '#src/context.ts'
import { newId, newSecret } from '#src/ids.ts'

export interface Browser {
  /** Its present session cookie: the grants of that session move to the new one, and it ends. */
  cookie: string | undefined
  user_agent: string | null
}

export interface SignIn extends Browser {
  customer_id: string
  return_url: string | null
  /** Whoever signs in has read a mail to this address; null, or left out, where only a merchant's link was opened. */
  proven_email_key?: string | null
  /** How, for the audit trail. */
  by?: 'link' | 'code' | 'invite'
}

export interface OpenedSession {
  session_id: string
  /** The cookie's value; only its hash is stored. */
  token: string
}

/** A new session at every sign-in, so that nobody can prepare one for somebody else. Call it in the link's transaction. */
export async function openSession(ctx: BusinessCtx, input: SignIn): Promise<OpenedSession> {
  const { customer_id, return_url, proven_email_key = null, by = 'link' } = input
  const session = await newSession(ctx, input)
  await grantCustomer(ctx, session.session_id, {
    customer_id,
    return_url,
    proven_email_key,
    granted_at: ctx.wall.now(),
    by,
  })
  return session
}

/** A session that may see everything of the address that was proven, at any business. */
export async function openAddressSession(ctx: Ctx, email_key: string, browser: Browser): Promise<OpenedSession> {
  const session = await newSession(ctx, browser)
  await ctx.db
    .updateTable('portal_sessions')
    .set({ proven_email_key: email_key, proven_at: ctx.wall.now() })
    .where('session_id', '=', session.session_id)
    .execute()
  return session
}

interface Grant {
  customer_id: string
  return_url: string | null
  proven_email_key: string | null
  granted_at: Temporal.Instant
  by: string
}

/** Lets a session act as a customer of the business at hand. */
export async function grantCustomer(ctx: BusinessCtx, session_id: string, { by, ...grant }: Grant): Promise<void> {
  await ctx.db
    .insertInto('session_grants')
    .values({ business_id: ctx.business.business_id, session_id, ...grant })
    .onConflict((conflict) => conflict.columns(['business_id', 'session_id']).doUpdateSet(grant))
    .execute()
  const { customer_id } = grant
  const customerCtx = withActor(ctx, { type: 'customer', id: customer_id })
  await recordAudit(customerCtx, { action: 'session.opened', resource_id: session_id, customer_id, details: { by } })
}

async function newSession(ctx: Ctx, { cookie, user_agent }: Browser): Promise<OpenedSession> {
  const now = ctx.wall.now()
  const token = newSecret()
  const session_id = newId('portal_session', now.epochMilliseconds)
  await ctx.db
    .insertInto('portal_sessions')
    .values({
      session_id,
      token_hash: hashSecret(token),
      user_agent: user_agent?.slice(0, 300) ?? null,
      created_at: now,
      last_seen_at: now,
      expires_at: now.add(LIFETIME),
    })
    .execute()
  if (cookie !== undefined) await moveGrants(ctx, cookie, session_id)
  return { session_id, token }
}

async function moveGrants(ctx: Ctx, cookie: string, session_id: string): Promise<void> {
  const now = ctx.wall.now()
  const old = await findSessionByToken(ctx, cookie)
  if (old === undefined || hasIdled(old, now)) return
  await ctx.db.updateTable('session_grants').set({ session_id }).where('session_id', '=', old.session_id).execute()
  await ctx.db.updateTable('portal_sessions').set({ ended_at: now }).where('session_id', '=', old.session_id).execute()
  const proven = provenAddress(old, now)
  if (proven === undefined) return
  await ctx.db
    .updateTable('portal_sessions')
    .set({ proven_email_key: proven.email_key, proven_at: proven.at })
    .where('session_id', '=', session_id)
    .execute()
}
