import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { getWebhook } from '#core/webhooks/queries.ts'
import { openSecret } from '#core/webhooks/secret.ts'

export const retrieveWebhookSecretEndpoint = endpoint(
  {
    method: 'get',
    path: '/webhooks/{webhook_id}/secret',
    operation: 'retrieveWebhookSecret',
    noun: 'Webhooks',
    summary: 'Retrieve the signing secret of a webhook',
    answer: z
      .object({ secret: z.string().openapi({ example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' }) })
      .openapi('WebhookSecret'),
  },
  async (ctx, { params }) => ({ secret: openSecret(ctx, await getWebhook(ctx, params.webhook_id)) }),
)
