import type { Selectable } from 'kysely'
import { from, update } from '#core/scope.ts'
import type { DB } from '#db/schema.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

export type Event = Selectable<DB['events']>

/** Hands an event to its reader once: what the reader writes and the mark that it was read commit together. */
export async function dispatchEvent(
  outer: BusinessCtx,
  event_id: string,
  react: (ctx: BusinessCtx, event: Event) => Promise<void>,
): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    const event = await from(ctx, 'events').selectAll().where('event_id', '=', event_id).forUpdate().executeTakeFirst()
    if (event === undefined || event.dispatched_at !== null) return
    await react(ctx, event)
    await update(ctx, 'events').set({ dispatched_at: ctx.wall.now() }).where('event_id', '=', event_id).execute()
  })
}
