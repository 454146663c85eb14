import { endpoint } from '#api/endpoint.ts'
import { updateWebhook } from '#core/webhooks/update-webhook.ts'
import { webhookSchema, webhookToWire } from '#wire/webhook.ts'
import { toFilter, updateWebhookBody } from './webhook-input.ts'

export const updateWebhookEndpoint = endpoint(
  {
    method: 'patch',
    path: '/webhooks/{webhook_id}',
    operation: 'updateWebhook',
    noun: 'Webhooks',
    summary: 'Update a webhook',
    description:
      'What is left out stays. Disabled, it gets nothing, and what waited for it is only sent when replayed.',
    body: updateWebhookBody,
    example: { disabled: true },
    answer: webhookSchema,
    refusals: ['INVALID_REQUEST_PARAMETERS'],
  },
  async (ctx, { params, body }) => {
    const { url, description, filter_types, metadata, rate_limit, disabled } = body
    const change = {
      ...(url ? { url } : {}),
      ...(description === undefined ? {} : { description: description ?? '' }),
      ...(filter_types === undefined ? {} : { filter_types: toFilter(filter_types) }),
      ...(metadata === undefined ? {} : { metadata: metadata ?? {} }),
      ...(rate_limit === undefined ? {} : { rate_limit }),
      ...(disabled === undefined || disabled === null ? {} : { disabled }),
    }
    return webhookToWire(await updateWebhook(ctx, params.webhook_id, change))
  },
)
