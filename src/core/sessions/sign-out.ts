import { recordAudit } from '#core/audit/record-audit.ts'
import type { Visitor } from '#core/sessions/find-visitor.ts'
import { inTransaction } from '#src/context.ts'

/** Ends the whole session: every business it was signed in to. */
export async function signOut({ ctx: outer, session_id, customer }: Visitor): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    await ctx.db
      .updateTable('portal_sessions')
      .set({ ended_at: ctx.wall.now() })
      .where('session_id', '=', session_id)
      .execute()
    await recordAudit(ctx, {
      action: 'session.ended',
      resource_id: session_id,
      customer_id: customer.customer_id,
    })
  })
}
