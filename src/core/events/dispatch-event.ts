import { type Selectable, sql } from 'kysely'
import { from, update } from '#core/scope.ts'
import type { DB } from '#db/schema.ts'
import { type BusinessCtx, holdClaim, inTransaction } from '#src/context.ts'

export type Event = Selectable<DB['events']>

/**
 * Hands an event to its reader once: what the reader writes and the mark that it was read commit together. The reader answers whether it
 * wrote anything. Where it did not, the commit does not wait for the disk: a mark that is lost with the server's memory is set again.
 */
export async function dispatchEvent(
  outer: BusinessCtx,
  event_id: string,
  react: (ctx: BusinessCtx, event: Event) => Promise<boolean>,
): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    const event = await from(ctx, 'events').selectAll().where('event_id', '=', event_id).forUpdate().executeTakeFirst()
    if (event === undefined || event.dispatched_at !== null) return
    holdClaim(ctx, 'events', event)
    const wrote = await react(ctx, event)
    const mark = update(ctx, 'events').set({ dispatched_at: ctx.wall.now() }).where('event_id', '=', event_id)
    await (wrote ? mark : mark.returning(sql`set_config('synchronous_commit', 'off', true)`.as('quiet'))).execute()
  })
}
