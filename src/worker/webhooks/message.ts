import { payloadKindOf } from '#core/webhooks/payload-kinds.ts'
import type { Webhook } from '#core/webhooks/queries.ts'
import type { DueDelivery } from '#core/webhooks/round.ts'
import { openHeaders, openSigningSecrets, type Sealed } from '#core/webhooks/secret.ts'
import type { BusinessCtx } from '#src/context.ts'
import { rfc3339 } from '#wire/rfc3339.ts'
import { payloads } from './payloads.ts'
import { sign } from './sign.ts'

export interface Message {
  url: string
  headers: Record<string, string>
  body: string
}

/** What is sent now: the resource as it is now, under a timestamp of now. Only the id stays from attempt to attempt. */
export async function composeMessage(
  ctx: BusinessCtx,
  webhook: Sealed & Pick<Webhook, 'url'>,
  delivery: Pick<DueDelivery, 'event_id' | 'type' | 'resource_id' | 'occurred_at'>,
): Promise<Message> {
  const kind = payloadKindOf(delivery.type)
  if (kind === undefined) throw new Error(`nothing is sent for ${delivery.type}`)
  const { payload_type, load } = payloads[kind]
  const body = JSON.stringify({
    business_id: ctx.business.business_id,
    type: delivery.type,
    timestamp: rfc3339(delivery.occurred_at),
    data: { payload_type, ...(await load(ctx, delivery.resource_id)) },
  })
  const id = delivery.event_id
  const timestamp = Math.floor(ctx.wall.now().epochMilliseconds / 1000)
  return {
    url: webhook.url,
    headers: {
      ...openHeaders(ctx, webhook),
      'content-type': 'application/json',
      'user-agent': 'Portico',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': sign(openSigningSecrets(ctx, webhook), { id, timestamp, body }),
    },
    body,
  }
}
