import { endpoint } from '#api/endpoint.ts'
import { getWebhook } from '#core/webhooks/queries.ts'
import { openHeaders } from '#core/webhooks/secret.ts'
import { webhookHeadersSchema, webhookHeadersToWire } from '#wire/webhook.ts'

export const retrieveWebhookHeadersEndpoint = endpoint(
  {
    method: 'get',
    path: '/webhooks/{webhook_id}/headers',
    operation: 'retrieveWebhookHeaders',
    noun: 'Webhooks',
    summary: 'Retrieve the headers a webhook sends along',
    description: 'Values of headers that look like keys are not shown.',
    answer: webhookHeadersSchema,
  },
  async (ctx, { params }) => webhookHeadersToWire(openHeaders(ctx, await getWebhook(ctx, params.webhook_id))),
)
