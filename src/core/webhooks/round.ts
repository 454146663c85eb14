// One round of sending to one endpoint: a few of its due deliveries at once. Whoever claimed the endpoint does it, so that its limit holds
// whatever the number of workers, and a slow endpoint keeps nobody waiting but itself.
import { from, on } from '#core/scope.ts'
import type { Webhook, WebhookDelivery } from '#core/webhooks/queries.ts'
import { getWebhook } from '#core/webhooks/queries.ts'
import { findAndLockWebhook, updateWebhookRow } from '#core/webhooks/store.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

const AT_ONCE = 8

export interface DueDelivery extends WebhookDelivery {
  resource_id: string
  occurred_at: Temporal.Instant
}

export interface Round {
  webhook: Webhook
  deliveries: DueDelivery[]
}

/** What may be sent now, those that waited longest first. */
export async function beginRound(ctx: BusinessCtx, webhook_id: string): Promise<Round> {
  const webhook = await getWebhook(ctx, webhook_id)
  const now = ctx.wall.now()
  const paced = webhook.paced_until !== null && Temporal.Instant.compare(webhook.paced_until, now) > 0
  if (webhook.disabled || paced) return { webhook, deliveries: [] }
  const deliveries = await from(ctx, 'webhook_deliveries')
    .innerJoin('events', on('events.event_id', 'webhook_deliveries.event_id'))
    .selectAll('webhook_deliveries')
    .select(['events.type', 'events.resource_id', 'events.occurred_at'])
    .where('webhook_deliveries.webhook_id', '=', webhook_id)
    .where('webhook_deliveries.next_attempt_at', '<=', now)
    .orderBy('webhook_deliveries.next_attempt_at')
    .orderBy('webhook_deliveries.delivery_id')
    .limit(Math.min(AT_ONCE, webhook.rate_limit || AT_ONCE))
    .execute()
  return { webhook, deliveries }
}

/** Says when there is something to send again, no sooner than the rate limit lets it out. */
export async function endRound(outer: BusinessCtx, webhook_id: string, begun: Temporal.Instant, sent: number) {
  await inTransaction(outer, async (ctx) => {
    const webhook = await findAndLockWebhook(ctx, webhook_id)
    if (webhook === undefined || webhook.disabled) return
    const paced_until =
      webhook.rate_limit && sent > 0
        ? begun.add({ milliseconds: Math.ceil((sent * 1000) / webhook.rate_limit) })
        : webhook.paced_until
    const { next } = await from(ctx, 'webhook_deliveries')
      .select((eb) => eb.fn.min('next_attempt_at').as('next'))
      .where('webhook_id', '=', webhook_id)
      .where('next_attempt_at', 'is not', null)
      .executeTakeFirstOrThrow()
    const next_attempt_at = next === null ? null : later(next, paced_until)
    await updateWebhookRow(ctx, webhook_id, { next_attempt_at, paced_until })
  })
}

function later(next: Temporal.Instant, paced_until: Temporal.Instant | null): Temporal.Instant {
  return paced_until !== null && Temporal.Instant.compare(paced_until, next) > 0 ? paced_until : next
}
