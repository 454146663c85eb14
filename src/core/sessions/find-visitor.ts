// Who a browser is at one business: its session's grant, while the session lives.
import type { Customer } from '#core/customers/queries.ts'
import { from, on } from '#core/scope.ts'
import { otherCustomers } from '#core/sessions/choose-customer.ts'
import { hasIdled, LIFETIME, provenAddress } from '#core/sessions/lifetimes.ts'
import { findSessionByToken } from '#core/unscoped/by-secret.ts'
import { type BusinessCtx, type Ctx, withActor } from '#src/context.ts'

export interface Visitor {
  ctx: BusinessCtx
  session_id: string
  customer: Customer
  return_url: string | null
  /** The address that was proven to come in here; null where a merchant's link was. */
  proven_email_key: string | null
  /** That address has other customers at this business. */
  has_choice: boolean
  /** Proven for everything it has at any business. */
  everywhere: boolean
}

/** Writing that somebody is there is not worth more than one write in this time. */
const TOUCH_EVERY = Temporal.Duration.from({ minutes: 1 })

/** Undefined for no cookie, a session that ended or idled for two hours, and one without a grant of the last day for this business. */
export async function findVisitor(ctx: BusinessCtx, cookie: string | undefined): Promise<Visitor | undefined> {
  if (cookie === undefined || cookie.length > 100) return undefined
  const session = await findSessionByToken(ctx, cookie)
  if (session === undefined) return undefined
  const now = ctx.wall.now()
  const { session_id } = session
  if (hasIdled(session, now)) return undefined
  const customer = await from(ctx, 'session_grants')
    .innerJoin('customers', on('customers.customer_id', 'session_grants.customer_id'))
    .selectAll('customers')
    .select(['session_grants.return_url', 'session_grants.proven_email_key'])
    .select(otherCustomers().as('has_choice'))
    .where('session_grants.session_id', '=', session_id)
    .where('session_grants.granted_at', '>', now.subtract(LIFETIME))
    .executeTakeFirst()
  if (customer === undefined) return undefined
  await touch(ctx, session, now)
  const visitorCtx = withActor(ctx, { type: 'customer', id: customer.customer_id })
  const { return_url, proven_email_key, has_choice } = customer
  const everywhere = provenAddress(session, now) !== undefined
  return { ctx: visitorCtx, session_id, customer, return_url, proven_email_key, has_choice, everywhere }
}

export async function touch(
  ctx: Ctx,
  { session_id, last_seen_at }: { session_id: string; last_seen_at: Temporal.Instant },
  now: Temporal.Instant,
): Promise<void> {
  if (Temporal.Instant.compare(last_seen_at.add(TOUCH_EVERY), now) >= 0) return
  await ctx.db.updateTable('portal_sessions').set({ last_seen_at: now }).where('session_id', '=', session_id).execute()
}
