import { sql, type UpdateResult } from 'kysely'
import { recordAudit } from '#core/audit/record-audit.ts'
import { from, owned, update } from '#core/scope.ts'
import { payloadKindOf } from '#core/webhooks/payload-kinds.ts'
import type { Webhook } from '#core/webhooks/queries.ts'
import { lockWebhook, updateWebhookRow } from '#core/webhooks/store.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError, notFound } from '#src/errors.ts'
import { newId } from '#src/ids.ts'

export type Replay =
  | { delivery_id: string }
  /** What failed since then, and what never was to be sent because the endpoint was not there, disabled, or wanted less. */
  | { since: Temporal.Instant }

/** Sends again under the same message ids. Answers how many. */
export async function replayDeliveries(outer: BusinessCtx, webhook_id: string, replay: Replay): Promise<number> {
  return inTransaction(outer, async (ctx) => {
    const webhook = await lockWebhook(ctx, webhook_id)
    if (webhook.disabled) {
      throw new AppError('UNSUPPORTED_ACTION', { message: 'The webhook is disabled; enable it before you replay' })
    }
    const count =
      'since' in replay
        ? (await requeue(ctx, webhook_id, replay)) + (await queueMissed(ctx, webhook, replay.since))
        : await requeueOne(ctx, webhook_id, replay.delivery_id)
    if (count === 0) return 0
    await updateWebhookRow(ctx, webhook_id, { next_attempt_at: ctx.wall.now() })
    await recordAudit(ctx, {
      action: 'webhook.replayed',
      resource_id: webhook_id,
      customer_id: null,
      details: { count },
    })
    return count
  })
}

async function requeueOne(ctx: BusinessCtx, webhook_id: string, delivery_id: string): Promise<number> {
  const count = await requeue(ctx, webhook_id, { delivery_id })
  if (count === 0) throw notFound('delivery')
  return count
}

async function requeue(ctx: BusinessCtx, webhook_id: string, which: Replay): Promise<number> {
  const again = update(ctx, 'webhook_deliveries')
    .set({
      status: 'pending',
      attempts: 0,
      next_attempt_at: ctx.wall.now(),
      first_attempt_at: null,
      last_error: null,
    })
    .where('webhook_id', '=', webhook_id)
  const chosen =
    'since' in which
      ? again.where('status', '=', 'failed').where('created_at', '>=', which.since)
      : again.where('delivery_id', '=', which.delivery_id)
  const { numUpdatedRows } = (await chosen.executeTakeFirst()) as UpdateResult
  return Number(numUpdatedRows)
}

/** As many events as one call takes up again; a second call takes up the next. */
const MOST = 10_000

async function queueMissed(ctx: BusinessCtx, webhook: Webhook, since: Temporal.Instant): Promise<number> {
  const { webhook_id, filter_types } = webhook
  let query = from(ctx, 'events')
    .select(['event_id', 'type'])
    .where('audience', '=', 'merchant')
    .where('recorded_at', '>=', since)
    .where('dispatched_at', 'is not', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('webhook_deliveries')
            .select(sql<number>`1`.as('there'))
            .whereRef('webhook_deliveries.business_id', '=', 'events.business_id')
            .whereRef('webhook_deliveries.event_id', '=', 'events.event_id')
            .where('webhook_deliveries.webhook_id', '=', webhook_id),
        ),
      ),
    )
    .orderBy('event_id')
    .limit(MOST)
  if (filter_types !== null) query = query.where('type', 'in', filter_types)
  const missed = (await query.execute()).filter(({ type }) => payloadKindOf(type) !== undefined)
  const now = ctx.wall.now()
  for (let at = 0; at < missed.length; at += CHUNK) {
    const rows = missed.slice(at, at + CHUNK).map(({ event_id }) => ({
      ...owned(ctx),
      delivery_id: newId('webhook_delivery', now.epochMilliseconds),
      webhook_id,
      event_id,
      status: 'pending' as const,
      next_attempt_at: now,
      created_at: now,
    }))
    await ctx.db.insertInto('webhook_deliveries').values(rows).execute()
  }
  return missed.length
}

/** Rows in one statement. */
const CHUNK = 1_000
