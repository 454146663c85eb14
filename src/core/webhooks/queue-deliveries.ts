import { sql } from 'kysely'
import type { Event } from '#core/events/dispatch-event.ts'
import { update } from '#core/scope.ts'
import { insertNewRows } from '#core/together/rows.ts'
import { together } from '#core/together/together.ts'
import { payloadKindOf } from '#core/webhooks/payload-kinds.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { newId } from '#src/ids.ts'

/** One delivery for each endpoint that wants events of this type; answers whether any does. Queueing an event again changes nothing. */
export async function queueDeliveries(outer: BusinessCtx, event: Event): Promise<boolean> {
  if (event.audience !== 'merchant' || payloadKindOf(event.type) === undefined) return false
  return inTransaction(outer, (ctx) => together(ctx, queueAll, event))
}

async function queueAll(ctx: BusinessCtx, given: readonly Event[]): Promise<boolean[]> {
  const events = given.toSorted((a, b) => Temporal.Instant.compare(a.recorded_at, b.recorded_at))
  const endpoints = await wakeEndpoints(ctx, [...new Set(events.map(({ type }) => type))])
  const wants = ({ filter_types }: (typeof endpoints)[number], { type }: Event) =>
    filter_types === null || filter_types.includes(type)
  const wanted = endpoints.flatMap((endpoint) =>
    events.filter((event) => wants(endpoint, event)).map(({ event_id }) => ({ ...endpoint, event_id })),
  )
  const now = ctx.wall.now()
  // What is due at one instant is sent in the order of its ids.
  const ids = wanted.map(() => newId('webhook_delivery', now.epochMilliseconds)).toSorted()
  const deliveries = wanted.map(({ webhook_id, event_id }, at) => ({
    delivery_id: ids[at] ?? '',
    webhook_id,
    event_id,
    status: 'pending' as const,
    next_attempt_at: now,
    created_at: now,
  }))
  await insertNewRows(ctx, 'webhook_deliveries', deliveries, ['webhook_id', 'event_id'])
  return given.map((event) => endpoints.some((endpoint) => wants(endpoint, event)))
}

/** Marked before their deliveries are written, so that a worker that just ran out of work there cannot miss them. */
async function wakeEndpoints(ctx: BusinessCtx, types: readonly string[]) {
  const now = ctx.wall.now()
  return update(ctx, 'webhook_endpoints')
    .set({
      next_attempt_at: sql<Temporal.Instant>`least(next_attempt_at, greatest(${now}::timestamptz, paced_until))`,
    })
    .where('webhook_id', 'in', (eb) =>
      eb
        .selectFrom('webhook_endpoints')
        .select('webhook_id')
        .where('business_id', '=', ctx.business.business_id)
        .where('disabled', '=', false)
        .where(sql<boolean>`(filter_types is null or filter_types && ${types}::text[])`)
        .orderBy('webhook_id')
        .forNoKeyUpdate(),
    )
    .returning(['webhook_id', 'filter_types'])
    .execute()
}
