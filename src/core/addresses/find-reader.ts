// Who reads the pages about everything an address has: a session that proved the address by mail, and none other.
import { touch } from '#core/sessions/find-visitor.ts'
import { hasIdled, provenAddress } from '#core/sessions/lifetimes.ts'
import { findSessionByToken } from '#core/unscoped/by-secret.ts'
import type { Ctx } from '#src/context.ts'

export interface Reader {
  ctx: Ctx
  session_id: string
  email_key: string
  /** When it was proven: what the session may see because of it ends a day later. */
  proven_at: Temporal.Instant
}

/** Undefined for no cookie, a session that ended or idled, and one that proved no address as a whole. */
export async function findReader(ctx: Ctx, cookie: string | undefined): Promise<Reader | undefined> {
  if (cookie === undefined || cookie.length > 100) return undefined
  const session = await findSessionByToken(ctx, cookie)
  const now = ctx.wall.now()
  if (session === undefined || hasIdled(session, now)) return undefined
  const proven = provenAddress(session, now)
  if (proven === undefined) return undefined
  await touch(ctx, session, now)
  return { ctx, session_id: session.session_id, email_key: proven.email_key, proven_at: proven.at }
}
