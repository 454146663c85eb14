import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { updateWebhook } from '#core/webhooks/update-webhook.ts'
import { headersInput } from './webhook-input.ts'

export const webhookHeadersBody = z.object({ headers: headersInput }).openapi('UpdateWebhookHeaders')

export const updateWebhookHeadersEndpoint = endpoint(
  {
    method: 'patch',
    path: '/webhooks/{webhook_id}/headers',
    operation: 'updateWebhookHeaders',
    noun: 'Webhooks',
    summary: 'Add or change headers a webhook sends along',
    description: 'Headers that are not named stay; an empty value takes one away.',
    body: webhookHeadersBody,
    refusals: ['INVALID_REQUEST_PARAMETERS'],
    example: { headers: { 'x-shop': 'linden' } },
  },
  async (ctx, { params, body }) => {
    await updateWebhook(ctx, params.webhook_id, { headers: body.headers })
    return undefined
  },
)
