import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { cursorParams } from '#api/input/query.ts'
import { listDeliveries } from '#core/webhooks/queries.ts'
import { cursorSchema, cursorToWire, webhookDeliverySchema, webhookDeliveryToWire } from '#wire/webhook.ts'

const listDeliveriesQuery = z.object({ ...cursorParams, status: webhookDeliverySchema.shape.status.optional() })

export const listWebhookDeliveriesEndpoint = endpoint(
  {
    method: 'get',
    path: '/portico/webhooks/{webhook_id}/deliveries',
    operation: 'listWebhookDeliveries',
    noun: 'Webhooks',
    summary: 'List what was sent to a webhook',
    query: listDeliveriesQuery,
    answer: cursorSchema(webhookDeliverySchema),
  },
  async (ctx, { params, query: { limit, iterator, status } }) => {
    const found = await listDeliveries(ctx, params.webhook_id, limit + 1, { status, after: iterator })
    return cursorToWire(found, limit, ({ delivery_id }) => delivery_id, webhookDeliveryToWire)
  },
)
