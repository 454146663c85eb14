import type { UpdateObject } from 'kysely'
import { from, update } from '#core/scope.ts'
import type { Webhook } from '#core/webhooks/queries.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

/** Before its deliveries are touched: the order of locks is event, endpoint, delivery. */
export async function lockWebhook(ctx: BusinessCtx, webhook_id: string): Promise<Webhook> {
  const webhook = await findAndLockWebhook(ctx, webhook_id)
  if (webhook === undefined) throw notFound('webhook')
  return webhook
}

/** Undefined where it was deleted meanwhile. */
export async function findAndLockWebhook(ctx: BusinessCtx, webhook_id: string): Promise<Webhook | undefined> {
  return from(ctx, 'webhook_endpoints').selectAll().where('webhook_id', '=', webhook_id).forUpdate().executeTakeFirst()
}

export async function updateWebhookRow(
  ctx: BusinessCtx,
  webhook_id: string,
  change: UpdateObject<DB, 'webhook_endpoints'>,
): Promise<Webhook> {
  return update(ctx, 'webhook_endpoints')
    .set(change)
    .where('webhook_id', '=', webhook_id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** What waits for an endpoint that is switched off is not sent when it is switched on again, unless it is replayed. */
export async function dropWaiting(ctx: BusinessCtx, webhook_id: string): Promise<void> {
  await update(ctx, 'webhook_deliveries')
    .set({ status: 'failed', next_attempt_at: null, last_error: 'The endpoint was disabled' })
    .where('webhook_id', '=', webhook_id)
    .where('status', '=', 'pending')
    .execute()
}
