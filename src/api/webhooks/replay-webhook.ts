import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { instant } from '#api/input/instant.ts'
import { id } from '#api/input/text.ts'
import { replayDeliveries } from '#core/webhooks/replay-deliveries.ts'

export const replayWebhookBody = z
  .union([z.object({ delivery_id: id() }), z.object({ since: instant() })])
  .openapi('ReplayWebhook')

export const replayWebhookEndpoint = endpoint(
  {
    method: 'post',
    path: '/portico/webhooks/{webhook_id}/replay',
    operation: 'replayWebhook',
    noun: 'Webhooks',
    summary: 'Send messages again',
    description:
      'One delivery, whatever became of it; or everything since a time that failed or was never to be sent, because the webhook was not there, was disabled or wanted less. Message ids stay the same.',
    body: replayWebhookBody,
    example: { since: '2026-03-31T09:30:00Z' },
    answer: z
      .object({ queued: z.int().openapi({ description: 'How many messages are sent again' }) })
      .openapi('Replay'),
    refusals: ['UNSUPPORTED_ACTION'],
  },
  async (ctx, { params, body }) => ({ queued: await replayDeliveries(ctx, params.webhook_id, body) }),
)
