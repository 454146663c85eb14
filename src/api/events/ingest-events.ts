import { endpoint } from '#api/endpoint.ts'
import { ingestEvents } from '#core/usage/ingest-events.ts'
import { ingestedSchema } from '#wire/usage-event.ts'
import { ingestEventsBody } from './event-input.ts'
import { readEvents } from './read-events.ts'

export const ingestEventsEndpoint = endpoint(
  {
    method: 'post',
    path: '/events/ingest',
    operation: 'ingestEvents',
    noun: 'Usage events',
    summary: 'Report usage',
    differs: '`ingested_count` is of those that were new',
    description:
      'Up to 1,000 events at once, taken as a whole or not at all. An event that was reported before is left as it is. Refused, naming the event: an id twice in one request, a time more than an hour ago or five minutes ahead, a customer who is not there.',
    body: ingestEventsBody,
    read: readEvents,
    limits: { bytes: 8 * 1024 * 1024, keys: Number.POSITIVE_INFINITY },
    example: {
      events: [
        {
          event_id: 'request-7f3a',
          customer_id: 'cus_0gyTR3kUe7pWz9QhV2sJn',
          event_name: 'api_request',
          metadata: { region: 'eu', tokens: 150 },
        },
      ],
    },
    repeat: 'harmless',
    answer: ingestedSchema,
    refusals: ['MAXIMUM_KEYS_REACHED'],
  },
  async (ctx, { body }) => ({ ingested_count: await ingestEvents(ctx, body.events) }),
)
