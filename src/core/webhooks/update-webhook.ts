import { recordAudit } from '#core/audit/record-audit.ts'
import { assertWebhookAddress } from '#core/webhooks/assert-address.ts'
import type { NewWebhook } from '#core/webhooks/create-webhook.ts'
import type { Webhook } from '#core/webhooks/queries.ts'
import { MOST_HEADERS, openHeaders, sealHeaders } from '#core/webhooks/secret.ts'
import { dropWaiting, lockWebhook, updateWebhookRow } from '#core/webhooks/store.ts'
import { json } from '#db/temporal.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

export type WebhookChange = Partial<Omit<NewWebhook, 'idempotency_key'>>

/** What is left out stays. Headers are merged; an empty value takes one away. */
export async function updateWebhook(outer: BusinessCtx, webhook_id: string, change: WebhookChange): Promise<Webhook> {
  if (change.url !== undefined) assertWebhookAddress(outer, change.url)
  return inTransaction(outer, async (ctx) => {
    const webhook = await lockWebhook(ctx, webhook_id)
    const { headers, metadata, ...columns } = change
    if (change.disabled === true) await dropWaiting(ctx, webhook_id)
    const updated = await updateWebhookRow(ctx, webhook_id, {
      ...columns,
      ...(metadata === undefined ? {} : { metadata: json(metadata) }),
      ...(headers === undefined ? {} : { headers: mergedHeaders(ctx, webhook, headers) }),
      ...(change.disabled === true ? { next_attempt_at: null } : {}),
      ...(change.disabled === false ? { failing_since: null } : {}),
      updated_at: ctx.wall.now(),
    })
    const fields = Object.keys(change).sort().join(' ')
    await recordAudit(ctx, {
      action: 'webhook.updated',
      resource_id: webhook_id,
      customer_id: null,
      details: { fields },
    })
    return updated
  })
}

/** Names are compared without regard to case. */
function mergedHeaders(ctx: BusinessCtx, webhook: Webhook, change: Record<string, string>): string | null {
  const named = (headers: Record<string, string>) =>
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const)
  const merged = new Map([...named(openHeaders(ctx, webhook)), ...named(change)])
  const kept = [...merged].filter(([, value]) => value !== '')
  if (kept.length > MOST_HEADERS) {
    throw new AppError('INVALID_REQUEST_PARAMETERS', {
      message: `A webhook may send along at most ${MOST_HEADERS} headers; take one away first`,
      field: 'headers',
    })
  }
  return sealHeaders(ctx, webhook.webhook_id, Object.fromEntries(kept))
}
