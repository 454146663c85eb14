import { endpoint } from '#api/endpoint.ts'
import { getWebhook } from '#core/webhooks/queries.ts'
import { webhookSchema, webhookToWire } from '#wire/webhook.ts'

export const retrieveWebhookEndpoint = endpoint(
  {
    method: 'get',
    path: '/webhooks/{webhook_id}',
    operation: 'retrieveWebhook',
    noun: 'Webhooks',
    summary: 'Retrieve a webhook',
    answer: webhookSchema,
  },
  async (ctx, { params }) => webhookToWire(await getWebhook(ctx, params.webhook_id)),
)
