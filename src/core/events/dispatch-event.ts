import { type Selectable, sql } from 'kysely'
import { from, update } from '#core/scope.ts'
import { inOrder, isShared, leaveCompany, together } from '#core/together/together.ts'
import type { DB } from '#db/schema.ts'
import { type BusinessCtx, holdClaim, inTransaction } from '#src/context.ts'

export type Event = Selectable<DB['events']>

/**
 * Hands an event to its reader once: what the reader writes and the mark that it was read commit together. The reader answers whether it
 * wrote anything. Where it did not, and nobody else is in the transaction, the commit does not wait for the disk: a mark that is lost with
 * the server's memory is set again.
 */
export async function dispatchEvent(
  outer: BusinessCtx,
  event_id: string,
  react: (ctx: BusinessCtx, event: Event) => Promise<boolean>,
): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    const event = await together(ctx, lockEvents, event_id)
    if (event === undefined) leaveCompany(ctx)
    if (event === undefined || event.dispatched_at !== null) return
    holdClaim(ctx, 'events', event)
    const wrote = await react(ctx, event)
    await together(ctx, wrote || isShared(ctx) ? markRead : markQuietly, event_id)
  })
}

async function lockEvents(ctx: BusinessCtx, ids: readonly string[]): Promise<(Event | undefined)[]> {
  const query = from(ctx, 'events')
    .selectAll()
    .where(sql<boolean>`event_id = any(${ids})`)
    .orderBy('event_id')
    .forUpdate()
  const events = await (isShared(ctx) ? query.skipLocked() : query).execute()
  return inOrder(ids, events, ({ event_id }) => event_id)
}

/** Read, and held by nobody any more. */
function mark(ctx: BusinessCtx, ids: readonly string[]) {
  return update(ctx, 'events')
    .set({ dispatched_at: ctx.wall.now(), claimed_until: null })
    .where(sql<boolean>`event_id = any(${ids})`)
}

async function markRead(ctx: BusinessCtx, ids: readonly string[]): Promise<undefined[]> {
  await mark(ctx, ids).execute()
  return []
}

async function markQuietly(ctx: BusinessCtx, ids: readonly string[]): Promise<undefined[]> {
  await mark(ctx, ids).returning(sql`set_config('synchronous_commit', 'off', true)`.as('quiet')).execute()
  return []
}
