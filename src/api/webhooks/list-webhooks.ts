import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { cursorParams } from '#api/input/query.ts'
import { listWebhooks } from '#core/webhooks/queries.ts'
import { cursorSchema, cursorToWire, webhookSchema, webhookToWire } from '#wire/webhook.ts'

export const listWebhooksQuery = z.object(cursorParams)

export const listWebhooksEndpoint = endpoint(
  {
    method: 'get',
    path: '/webhooks',
    operation: 'listWebhooks',
    noun: 'Webhooks',
    summary: 'List webhooks',
    query: listWebhooksQuery,
    answer: cursorSchema(webhookSchema),
  },
  async (ctx, { query: { limit, iterator } }) => {
    const found = await listWebhooks(ctx, limit + 1, iterator)
    return cursorToWire(found, limit, ({ webhook_id }) => webhook_id, webhookToWire)
  },
)
