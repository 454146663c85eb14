import type { UpdateResult } from 'kysely'
import { recordAudit } from '#core/audit/record-audit.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { update } from '#core/scope.ts'
import type { DueDelivery } from '#core/webhooks/round.ts'
import { dropWaiting, findAndLockWebhook, updateWebhookRow } from '#core/webhooks/store.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

/** What became of one attempt. */
export type DeliveryOutcome =
  | { status: 'delivered'; status_code: number; response: string }
  /** Answered, but not with 2xx; or not answered at all. */
  | { status: 'refused'; status_code: number | null; response: string | null; error: string }

/** How long after each failed attempt the next one comes; after the eighth there is none. */
const RETRIES: readonly Temporal.DurationLike[] = [
  { seconds: 5 },
  { minutes: 5 },
  { minutes: 30 },
  { hours: 2 },
  { hours: 5 },
  { hours: 10 },
  { hours: 10 },
]

/** Writes what became of an attempt. An endpoint that answered nothing through a whole schedule is disabled, and its owner told. */
export async function settleDelivery(
  outer: BusinessCtx,
  delivery: DueDelivery,
  outcome: DeliveryOutcome,
): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    const { webhook_id, delivery_id } = delivery
    const webhook = await findAndLockWebhook(ctx, webhook_id)
    if (webhook === undefined) return
    const now = ctx.wall.now()
    const attempts = delivery.attempts + 1
    const wait = outcome.status === 'delivered' ? undefined : RETRIES[attempts - 1]
    const first_attempt_at = delivery.first_attempt_at ?? now
    const { numUpdatedRows } = (await update(ctx, 'webhook_deliveries')
      .set({
        attempts,
        status: outcome.status === 'delivered' ? 'succeeded' : wait === undefined ? 'failed' : 'pending',
        next_attempt_at: wait === undefined ? null : now.add(wait),
        first_attempt_at,
        last_attempt_at: now,
        status_code: outcome.status_code,
        response: outcome.response,
        last_error: outcome.status === 'delivered' ? null : outcome.error.slice(0, 500),
      })
      .where('delivery_id', '=', delivery_id)
      .where('next_attempt_at', '=', delivery.next_attempt_at)
      .executeTakeFirst()) as UpdateResult
    // Given up, or asked for again, while it was on its way: what waits now is another attempt.
    if (numUpdatedRows === 0n) return
    const failing_since = outcome.status === 'delivered' ? null : (webhook.failing_since ?? now)
    await updateWebhookRow(ctx, webhook_id, { failing_since })
    const consistently = failing_since !== null && Temporal.Instant.compare(failing_since, first_attempt_at) <= 0
    if (outcome.status === 'refused' && wait === undefined && consistently && !webhook.disabled) {
      await disable(ctx, webhook_id)
    }
  })
}

async function disable(ctx: BusinessCtx, webhook_id: string): Promise<void> {
  await dropWaiting(ctx, webhook_id)
  await updateWebhookRow(ctx, webhook_id, { disabled: true, next_attempt_at: null, updated_at: ctx.wall.now() })
  await recordEvent(ctx, { type: 'webhook.disabled', resource_id: webhook_id, customer_id: null })
  await recordAudit(ctx, { action: 'webhook.disabled', resource_id: webhook_id, customer_id: null })
}
