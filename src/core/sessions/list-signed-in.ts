// Which browsers are signed in as a customer just now.
import { from } from '#core/scope.ts'
import type { Visitor } from '#core/sessions/find-visitor.ts'
import { hasIdled, LIFETIME } from '#core/sessions/lifetimes.ts'
import { listSessionsOfAddress } from '#core/unscoped/by-address.ts'

export interface SignedIn {
  session_id: string
  user_agent: string | null
  /** When it signed in to this business, or to everything the address has. */
  since: Temporal.Instant
  last_seen_at: Temporal.Instant
}

/**
 * The latest seen first. Whoever proved the address also sees the browsers that may come in by it at any time; a merchant's link shows
 * those that did.
 */
export async function listSignedIn({ ctx, customer, proven_email_key }: Visitor): Promise<SignedIn[]> {
  const now = ctx.wall.now()
  const begun = now.subtract(LIFETIME)
  const granted = await from(ctx, 'session_grants')
    .innerJoin('portal_sessions', 'portal_sessions.session_id', 'session_grants.session_id')
    .select(['portal_sessions.session_id', 'user_agent', 'granted_at as since', 'last_seen_at'])
    .where('session_grants.customer_id', '=', customer.customer_id)
    .where('granted_at', '>', begun)
    .where('expires_at', '>', now)
    .where('ended_at', 'is', null)
    .execute()
  const everywhere =
    proven_email_key !== null && proven_email_key === customer.email_key
      ? await listSessionsOfAddress(ctx, proven_email_key, begun)
      : []
  const known = new Set(granted.map(({ session_id }) => session_id))
  return [...granted, ...everywhere.filter(({ session_id }) => !known.has(session_id))]
    .filter((session) => !hasIdled(session, now))
    .sort((a, b) => Temporal.Instant.compare(b.last_seen_at, a.last_seen_at))
}
