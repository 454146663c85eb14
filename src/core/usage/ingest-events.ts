// Reporting usage: a batch is written as a whole or not at all, each event once, and what it adds up to in the same transaction.
import { sql } from 'kysely'
import { decimalOf, passesFilter } from '#billing/meter-filter.ts'
import { type Microseconds, microsecondsOf } from '#billing/usage.ts'
import { from } from '#core/scope.ts'
import { type Counted, countUsage } from '#core/usage/count-usage.ts'
import type { Meter } from '#core/usage/queries.ts'
import type { Metadata } from '#db/json-types.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

export interface NewUsageEvent {
  /** The caller's own name for it: whatever comes under it later is the same event. */
  event_id: string
  customer_id: string
  event_name: string
  /** Now, where it is not said. */
  timestamp?: Temporal.Instant | null | undefined
  metadata?: Metadata | null | undefined
}

interface Event {
  event_id: string
  customer_id: string
  event_name: string
  occurred_at: Microseconds
  metadata: Metadata | null
  meters: Meter[]
}

const OLDEST = Temporal.Duration.from({ hours: 1 })
const EARLIEST = Temporal.Duration.from({ minutes: 5 })

/**
 * Answers how many of the events were new. Throws INVALID_REQUEST_BODY, naming the event, where one is named twice, is older than an hour
 * or more than five minutes ahead, or is nobody's.
 */
export async function ingestEvents(outer: BusinessCtx, given: readonly NewUsageEvent[]): Promise<number> {
  const now = outer.clock.now()
  assertNamedOnce(given)
  const earliest = now.subtract(OLDEST)
  const latest = now.add(EARLIEST)
  for (const event of given) assertTimely(event, earliest, latest)
  return inTransaction(outer, async (ctx) => {
    await assertCustomers(ctx, given)
    const meters = await metersFor(ctx, given)
    const reported = microsecondsOf(now)
    const events = given.map(({ timestamp, metadata = null, ...event }) => ({
      ...event,
      metadata,
      occurred_at: timestamp ? microsecondsOf(timestamp) : reported,
      meters: (meters.get(event.event_name) ?? []).filter((meter) => measures(meter, metadata ?? {})),
    }))
    const known = await insertEvents(ctx, events, now)
    await countUsage(ctx, events.filter(({ event_id }) => !known.has(event_id)).flatMap(countedOf))
    return events.length - known.size
  })
}

function assertNamedOnce(events: readonly NewUsageEvent[]): void {
  const seen = new Set<string>()
  for (const { event_id } of events) {
    if (seen.has(event_id)) throw refused(event_id, 'is in this request twice')
    seen.add(event_id)
  }
}

function assertTimely(event: NewUsageEvent, earliest: Temporal.Instant, latest: Temporal.Instant): void {
  const { event_id, timestamp } = event
  if (timestamp === null || timestamp === undefined) return
  if (Temporal.Instant.compare(timestamp, earliest) < 0) throw refused(event_id, 'is older than one hour')
  if (Temporal.Instant.compare(timestamp, latest) > 0) throw refused(event_id, 'lies more than five minutes ahead')
}

function refused(event_id: string, what: string): AppError {
  return new AppError('INVALID_REQUEST_BODY', { message: `The event ${event_id} ${what}`, field: 'events' })
}

async function assertCustomers(ctx: BusinessCtx, events: readonly NewUsageEvent[]): Promise<void> {
  const ids = [...new Set(events.map(({ customer_id }) => customer_id))]
  const { rows } = await sql<{ customer_id: string }>`
    select customer_id from unnest(${ids}::text[]) as named (customer_id)
     where not exists (select from customers
       where business_id = ${ctx.business.business_id} and customers.customer_id = named.customer_id)
  `.execute(ctx.db)
  const unknown = new Set(rows.map(({ customer_id }) => customer_id))
  const stray = events.find(({ customer_id }) => unknown.has(customer_id))
  if (stray !== undefined) throw refused(stray.event_id, `names the customer ${stray.customer_id}, who is not there`)
}

async function metersFor(ctx: BusinessCtx, events: readonly NewUsageEvent[]): Promise<Map<string, Meter[]>> {
  const names = [...new Set(events.map(({ event_name }) => event_name))]
  const meters = await from(ctx, 'meters').selectAll().where(sql<boolean>`event_name = any(${names})`).execute()
  return Map.groupBy(meters, ({ event_name }) => event_name)
}

/** An event without a number where the meter looks for one is not measured by it. */
function measures(meter: Meter, metadata: Metadata): boolean {
  if (meter.filter !== null && !passesFilter(meter.filter, metadata)) return false
  return meter.aggregation_type === 'count' || unitsOf(meter, metadata) !== undefined
}

function unitsOf({ aggregation_key }: Meter, metadata: Metadata): bigint | undefined {
  const key = aggregation_key ?? ''
  return Object.hasOwn(metadata, key) ? decimalOf(metadata[key]) : undefined
}

function countedOf({ event_id, customer_id, occurred_at, metadata, meters }: Event): Counted[] {
  return meters.map((meter) => ({
    event_id,
    customer_id,
    occurred_at,
    meter_id: meter.meter_id,
    units: meter.aggregation_type === 'count' ? undefined : unitsOf(meter, metadata ?? {}),
  }))
}

/**
 * In the order of their ids, so that two batches with the same events do not wait for each other. Answers those that were known. What most
 * have in common goes over once: the kind of event, and the time where it is now.
 */
async function insertEvents(ctx: BusinessCtx, events: readonly Event[], now: Temporal.Instant): Promise<Set<string>> {
  const kinds = new Map<string, { k: number; n: string; m: string[] }>()
  const reported = microsecondsOf(now)
  const rows = events.map(({ event_id, customer_id, event_name, occurred_at, metadata, meters }) => {
    const ids = meters.map(({ meter_id }) => meter_id)
    const name = [event_name, ...ids].join('\n')
    const kind = kinds.get(name) ?? { k: kinds.size, n: event_name, m: ids }
    kinds.set(name, kind)
    const at = occurred_at === reported ? {} : { a: occurred_at }
    return { i: event_id, c: customer_id, k: kind.k, ...at, d: metadata ?? undefined }
  })
  const { rows: found } = await sql<{ fresh: string[] | null }>`
    with fresh as (
    insert into usage_events
      (business_id, event_id, customer_id, event_name, occurred_at, metadata, meter_ids, ingested_at)
    select ${ctx.business.business_id}, i, c, n, to_timestamp(coalesce(a, ${reported}::numeric) / 1000000), d, m, ${now}
      from json_to_recordset(${JSON.stringify(rows)}::json) as e (i text, c text, k int, a numeric, d jsonb)
      join json_to_recordset(${JSON.stringify([...kinds.values()])}::json) as kind (k int, n text, m text[]) using (k)
     order by i
    on conflict do nothing
    returning event_id
    )
    select case when count(*) < ${events.length}::int then coalesce(array_agg(event_id), '{}') end as fresh from fresh
  `.execute(ctx.db)
  // Null where all of them are, which is the usual.
  const fresh = found[0]?.fresh ?? null
  if (fresh === null) return new Set()
  const known = new Set(events.map(({ event_id }) => event_id))
  for (const event_id of fresh) known.delete(event_id)
  return known
}
