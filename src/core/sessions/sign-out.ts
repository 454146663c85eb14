import { recordAudit } from '#core/audit/record-audit.ts'
import type { Visitor } from '#core/sessions/find-visitor.ts'
import { listSignedIn } from '#core/sessions/list-signed-in.ts'
import { type Ctx, inTransaction } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

/** Ends the whole session: every business it was signed in to. */
export async function signOut(visitor: Visitor): Promise<void> {
  await end(visitor, [visitor.session_id], 'sign_out')
}

/** Ends another browser's session, or one's own. Throws NOT_FOUND for what is not among this customer's. */
export async function revokeSession(visitor: Visitor, session_id: string): Promise<void> {
  const known = (await listSignedIn(visitor)).some((session) => session.session_id === session_id)
  if (!known) throw notFound('session')
  await end(visitor, [session_id], 'revoked')
}

/** Every browser that is signed in as this customer, this one included. Answers how many. */
export async function signOutEverywhere(visitor: Visitor): Promise<number> {
  const ids = (await listSignedIn(visitor)).map(({ session_id }) => session_id)
  await end(visitor, ids, 'everywhere')
  return ids.length
}

export async function endSession(ctx: Ctx, session_id: string): Promise<void> {
  await ctx.db
    .updateTable('portal_sessions')
    .set({ ended_at: ctx.wall.now() })
    .where('session_id', '=', session_id)
    .where('ended_at', 'is', null)
    .execute()
}

async function end({ ctx: outer, customer }: Visitor, session_ids: readonly string[], by: string): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    // In one order, so that two who end the same do not wait for each other.
    for (const session_id of session_ids.toSorted()) {
      await endSession(ctx, session_id)
      await recordAudit(ctx, {
        action: 'session.ended',
        resource_id: session_id,
        customer_id: customer.customer_id,
        details: { by },
      })
    }
  })
}
