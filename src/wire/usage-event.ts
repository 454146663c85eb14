import { z } from '@hono/zod-openapi'
import type { Selectable } from 'kysely'
import type { DB } from '#db/schema.ts'
import { rfc3339, timeSchema } from './rfc3339.ts'

export const usageEventSchema = z
  .object({
    business_id: z.string(),
    event_id: z.string().openapi({ example: 'request-7f3a' }),
    customer_id: z.string(),
    event_name: z.string().openapi({ example: 'api_request' }),
    timestamp: timeSchema('When it happened'),
    metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).nullable(),
  })
  .openapi('Event')

export const ingestedSchema = z
  .object({ ingested_count: z.int().openapi({ description: 'How many were new; those known before count once' }) })
  .openapi('Ingested')

export type WireUsageEvent = z.output<typeof usageEventSchema>
export type WireIngested = z.output<typeof ingestedSchema>

export function usageEventToWire(row: Selectable<DB['usage_events']>): WireUsageEvent {
  const { business_id, event_id, customer_id, event_name, metadata } = row
  return { business_id, event_id, customer_id, event_name, timestamp: rfc3339(row.occurred_at), metadata }
}
