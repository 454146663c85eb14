import { endpoint } from '#api/endpoint.ts'
import { createWebhook } from '#core/webhooks/create-webhook.ts'
import { webhookSchema, webhookToWire } from '#wire/webhook.ts'
import { createWebhookBody, toFilter } from './webhook-input.ts'

export const createWebhookEndpoint = endpoint(
  {
    method: 'post',
    path: '/webhooks',
    operation: 'createWebhook',
    noun: 'Webhooks',
    summary: 'Create a webhook',
    differs: 'at most 50 a business',
    description: 'Messages are signed as Standard Webhooks has it; read the secret with GET …/secret.',
    body: createWebhookBody,
    example: { url: 'https://shop.example.com/webhooks', filter_types: ['subscription.renewed', 'payment.failed'] },
    answer: webhookSchema,
    refusals: ['INVALID_REQUEST_PARAMETERS'],
  },
  async (ctx, { body }) => {
    const { url, description, filter_types, metadata, rate_limit, disabled, headers, idempotency_key } = body
    const webhook = await createWebhook(ctx, {
      url,
      description: description ?? '',
      filter_types: toFilter(filter_types ?? null),
      metadata: metadata ?? {},
      rate_limit,
      disabled: disabled ?? false,
      headers: headers ?? {},
      idempotency_key,
    })
    return webhookToWire(webhook)
  },
)
