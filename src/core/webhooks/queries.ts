import type { Selectable } from 'kysely'
import { from, on } from '#core/scope.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

export type Webhook = Selectable<DB['webhook_endpoints']>
export type WebhookDelivery = Selectable<DB['webhook_deliveries']> & { type: string }

export async function findWebhook(ctx: BusinessCtx, webhook_id: string): Promise<Webhook | undefined> {
  return from(ctx, 'webhook_endpoints').selectAll().where('webhook_id', '=', webhook_id).executeTakeFirst()
}

export async function getWebhook(ctx: BusinessCtx, webhook_id: string): Promise<Webhook> {
  const webhook = await findWebhook(ctx, webhook_id)
  if (webhook === undefined) throw notFound('webhook')
  return webhook
}

/** Newest first, those older than `after`. */
export async function listWebhooks(ctx: BusinessCtx, limit: number, after?: string): Promise<Webhook[]> {
  let query = from(ctx, 'webhook_endpoints').selectAll().orderBy('webhook_id', 'desc').limit(limit)
  if (after !== undefined) query = query.where('webhook_id', '<', after)
  return query.execute()
}

export interface DeliveryFilter {
  status?: WebhookDelivery['status']
  after?: string
}

/** Newest first, those older than `after`. */
export async function listDeliveries(
  ctx: BusinessCtx,
  webhook_id: string,
  limit: number,
  { status, after }: DeliveryFilter = {},
): Promise<WebhookDelivery[]> {
  await getWebhook(ctx, webhook_id)
  let query = from(ctx, 'webhook_deliveries')
    .innerJoin('events', on('events.event_id', 'webhook_deliveries.event_id'))
    .selectAll('webhook_deliveries')
    .select('events.type')
    .where('webhook_deliveries.webhook_id', '=', webhook_id)
  if (status !== undefined) query = query.where('webhook_deliveries.status', '=', status)
  if (after !== undefined) query = query.where('webhook_deliveries.delivery_id', '<', after)
  return query.orderBy('webhook_deliveries.delivery_id', 'desc').limit(limit).execute()
}
