import type { Selectable } from 'kysely'
import { sql } from 'kysely'
import { offsetOf, type Page } from '#core/paging.ts'
import { from } from '#core/scope.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError, notFound } from '#src/errors.ts'

export type Meter = Selectable<DB['meters']>
export type UsageEvent = Selectable<DB['usage_events']>

export async function getMeter(ctx: BusinessCtx, meter_id: string): Promise<Meter> {
  const meter = await from(ctx, 'meters').selectAll().where('meter_id', '=', meter_id).executeTakeFirst()
  if (meter === undefined) throw notFound('meter')
  return meter
}

/** Newest first: those in use, or the archived ones. */
export async function listMeters(ctx: BusinessCtx, archived: boolean, page: Page): Promise<Meter[]> {
  return from(ctx, 'meters')
    .selectAll()
    .where('archived_at', archived ? 'is not' : 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('meter_id', 'desc')
    .limit(page.page_size)
    .offset(offsetOf(page))
    .execute()
}

export async function getUsageEvent(ctx: BusinessCtx, event_id: string): Promise<UsageEvent> {
  const event = await from(ctx, 'usage_events').selectAll().where('event_id', '=', event_id).executeTakeFirst()
  if (event === undefined) throw notFound('event')
  return event
}

export interface UsageEventFilter {
  customer_id?: string
  event_name?: string
  /** Events that this meter counted. */
  meter_id?: string
  start?: Temporal.Instant
  end?: Temporal.Instant
}

/** Newest first. Throws NOT_FOUND for a meter that is not there, INVALID_QUERY_PARAMS where it measures events of another name. */
export async function listUsageEvents(ctx: BusinessCtx, filter: UsageEventFilter, page: Page): Promise<UsageEvent[]> {
  const { customer_id, event_name, meter_id, start, end } = filter
  let query = from(ctx, 'usage_events').selectAll()
  if (meter_id !== undefined) {
    const meter = await getMeter(ctx, meter_id)
    if (event_name !== undefined && event_name !== meter.event_name) {
      const message = `The meter measures events named ${meter.event_name}`
      throw new AppError('INVALID_QUERY_PARAMS', { message, field: 'event_name' })
    }
    query = query.where(sql<boolean>`${meter_id} = any(meter_ids)`)
  }
  if (customer_id !== undefined) query = query.where('customer_id', '=', customer_id)
  if (event_name !== undefined) query = query.where('event_name', '=', event_name)
  if (start !== undefined) query = query.where('occurred_at', '>=', start)
  if (end !== undefined) query = query.where('occurred_at', '<', end)
  return query
    .orderBy('occurred_at', 'desc')
    .orderBy('event_id', 'desc')
    .limit(page.page_size)
    .offset(offsetOf(page))
    .execute()
}
