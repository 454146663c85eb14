import { endpoint } from '#api/endpoint.ts'
import { deleteWebhook } from '#core/webhooks/delete-webhook.ts'

export const deleteWebhookEndpoint = endpoint(
  {
    method: 'delete',
    path: '/webhooks/{webhook_id}',
    operation: 'deleteWebhook',
    noun: 'Webhooks',
    summary: 'Delete a webhook',
    description: 'With the record of what was delivered to it. What still waits is not sent.',
  },
  async (ctx, { params }) => {
    await deleteWebhook(ctx, params.webhook_id)
    return undefined
  },
)
