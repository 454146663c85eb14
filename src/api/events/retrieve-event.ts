import { endpoint } from '#api/endpoint.ts'
import { getUsageEvent } from '#core/usage/queries.ts'
import { usageEventSchema, usageEventToWire } from '#wire/usage-event.ts'

export const retrieveEventEndpoint = endpoint(
  {
    method: 'get',
    path: '/events/{event_id}',
    operation: 'retrieveEvent',
    noun: 'Usage events',
    summary: 'Retrieve an event',
    answer: usageEventSchema,
  },
  async (ctx, { params }) => usageEventToWire(await getUsageEvent(ctx, params.event_id)),
)
