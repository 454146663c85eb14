import { sql } from 'kysely'
import type { Event } from '#core/events/dispatch-event.ts'
import { owned, update } from '#core/scope.ts'
import { payloadKindOf } from '#core/webhooks/payload-kinds.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { newId } from '#src/ids.ts'

/** One delivery for each endpoint that wants events of this type; answers whether any does. Queueing an event again changes nothing. */
export async function queueDeliveries(outer: BusinessCtx, event: Event): Promise<boolean> {
  if (event.audience !== 'merchant' || payloadKindOf(event.type) === undefined) return false
  return inTransaction(outer, async (ctx) => {
    const now = ctx.wall.now()
    // The endpoint is marked before its deliveries are written, so that a worker that just ran out of work there cannot miss them.
    const wanting = await update(ctx, 'webhook_endpoints')
      .set({
        next_attempt_at: sql<Temporal.Instant>`least(next_attempt_at, greatest(${now}::timestamptz, paced_until))`,
      })
      .where('webhook_id', 'in', (eb) =>
        eb
          .selectFrom('webhook_endpoints')
          .select('webhook_id')
          .where('business_id', '=', ctx.business.business_id)
          .where('disabled', '=', false)
          .where(sql<boolean>`(filter_types is null or ${event.type} = any (filter_types))`)
          .orderBy('webhook_id')
          .forNoKeyUpdate(),
      )
      .returning('webhook_id')
      .execute()
    if (wanting.length === 0) return false
    const deliveries = wanting.map(({ webhook_id }) => ({
      ...owned(ctx),
      delivery_id: newId('webhook_delivery', now.epochMilliseconds),
      webhook_id,
      event_id: event.event_id,
      status: 'pending' as const,
      next_attempt_at: now,
      created_at: now,
    }))
    await ctx.db
      .insertInto('webhook_deliveries')
      .values(deliveries)
      .onConflict((conflict) => conflict.columns(['business_id', 'webhook_id', 'event_id']).doNothing())
      .execute()
    return true
  })
}
