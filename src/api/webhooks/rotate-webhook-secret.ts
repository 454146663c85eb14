import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { rotateWebhookSecret } from '#core/webhooks/rotate-secret.ts'
import { rfc3339, timeSchema } from '#wire/rfc3339.ts'

export const rotateWebhookSecretEndpoint = endpoint(
  {
    method: 'post',
    path: '/portico/webhooks/{webhook_id}/rotate-secret',
    operation: 'rotateWebhookSecret',
    noun: 'Webhooks',
    summary: 'Give a webhook a new signing secret',
    description:
      'For 24 hours messages carry a signature by the old secret as well; at most five earlier ones at once.',
    refusals: ['CONFLICT'],
    answer: z
      .object({ secret: z.string(), previous_secret_valid_until: timeSchema('Until when the old one signs as well') })
      .openapi('RotatedWebhookSecret'),
  },
  async (ctx, { params }) => {
    const { secret, previous_secret_until } = await rotateWebhookSecret(ctx, params.webhook_id)
    return { secret, previous_secret_valid_until: rfc3339(previous_secret_until) }
  },
)
