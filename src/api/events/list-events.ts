import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { instant } from '#api/input/instant.ts'
import { pageParams } from '#api/input/query.ts'
import { id } from '#api/input/text.ts'
import { listUsageEvents } from '#core/usage/queries.ts'
import { listSchema } from '#wire/list.ts'
import { usageEventSchema, usageEventToWire } from '#wire/usage-event.ts'

export const listEventsQuery = z.object({
  ...pageParams,
  customer_id: id().optional(),
  event_name: z.string().max(100).optional(),
  meter_id: id().optional().openapi({ description: 'Events that this meter counted' }),
  start: instant().optional().openapi({ description: 'From this time on' }),
  end: instant().optional().openapi({ description: 'Before this time' }),
})

export const listEventsEndpoint = endpoint(
  {
    method: 'get',
    path: '/events',
    operation: 'listEvents',
    noun: 'Usage events',
    summary: 'List events',
    query: listEventsQuery,
    answer: listSchema(usageEventSchema),
    refusals: ['NOT_FOUND'],
  },
  async (ctx, { query }) => ({ items: (await listUsageEvents(ctx, query, query)).map(usageEventToWire) }),
)
