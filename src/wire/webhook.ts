import { z } from '@hono/zod-openapi'
import type { Selectable } from 'kysely'
import type { DB } from '#db/schema.ts'
import { rfc3339, rfc3339OrNull, timeSchema } from './rfc3339.ts'

/** Every type of the API, also those that Portico never sends. */
export const webhookEventTypeSchema = z
  .enum([
    'payment.succeeded',
    'payment.failed',
    'payment.processing',
    'payment.cancelled',
    'refund.succeeded',
    'refund.failed',
    'dispute.opened',
    'dispute.expired',
    'dispute.accepted',
    'dispute.cancelled',
    'dispute.challenged',
    'dispute.won',
    'dispute.lost',
    'subscription.active',
    'subscription.renewed',
    'subscription.on_hold',
    'subscription.past_due',
    'subscription.paused',
    'subscription.unpaused',
    'subscription.cancelled',
    'subscription.failed',
    'subscription.expired',
    'subscription.plan_changed',
    'subscription.updated',
    'subscription.update_payment_method',
    'license_key.created',
    'payout.created',
    'payout.on_hold',
    'payout.in_progress',
    'payout.failed',
    'payout.success',
    'credit.added',
    'credit.deducted',
    'credit.expired',
    'credit.rolled_over',
    'credit.rollover_forfeited',
    'credit.overage_charged',
    'credit.overage_reset',
    'credit.manual_adjustment',
    'credit.balance_low',
    'abandoned_checkout.detected',
    'abandoned_checkout.recovered',
    'dunning.started',
    'dunning.recovered',
    'entitlement_grant.created',
    'entitlement_grant.delivered',
    'entitlement_grant.failed',
    'entitlement_grant.revoked',
  ])
  .openapi('WebhookEventType', { example: 'subscription.renewed' })

export type WebhookEventType = z.output<typeof webhookEventTypeSchema>

export const webhookMetadataSchema = z.record(z.string(), z.string())

export const webhookSchema = z
  .object({
    id: z.string().openapi({ example: 'whk_0gyTR3kUe7pWz9QhV2sJn' }),
    url: z.string().openapi({ example: 'https://shop.example.com/webhooks' }),
    description: z.string(),
    filter_types: z.array(z.string()).nullable().openapi({ description: 'null: every type' }),
    metadata: webhookMetadataSchema,
    rate_limit: z.int().nullable().openapi({ description: 'Requests a second; null or 0: as fast as it answers' }),
    disabled: z
      .boolean()
      .openapi({ description: 'True where nothing is sent: by your word, or because it long failed' }),
    created_at: timeSchema('When it was created'),
    updated_at: timeSchema('When it was last changed'),
  })
  .openapi('Webhook')

export type WireWebhook = z.output<typeof webhookSchema>

export function webhookToWire(row: Selectable<DB['webhook_endpoints']>): WireWebhook {
  const { webhook_id, url, description, filter_types, metadata, rate_limit, disabled } = row
  return {
    id: webhook_id,
    url,
    description,
    filter_types,
    metadata,
    rate_limit,
    disabled,
    created_at: rfc3339(row.created_at),
    updated_at: rfc3339(row.updated_at),
  }
}

/** A list read by a cursor, as webhooks are. */
export function cursorSchema<Item extends z.ZodType>(item: Item) {
  return z.object({
    data: z.array(item).openapi({ description: 'Newest first' }),
    iterator: z.string().nullable().openapi({ description: 'Ask with it for what follows; null at the end' }),
    prev_iterator: z.null().openapi({ description: 'Always null' }),
    done: z.boolean().openapi({ description: 'True at the end' }),
  })
}

/** `found` holds one row more than `limit` where something follows. */
export function cursorToWire<Row, Item>(
  found: readonly Row[],
  limit: number,
  idOf: (row: Row) => string,
  toWire: (row: Row) => Item,
) {
  const rows = found.slice(0, limit)
  const last = rows.at(-1)
  const done = found.length <= limit
  return { data: rows.map(toWire), iterator: done || last === undefined ? null : idOf(last), prev_iterator: null, done }
}

export const webhookHeadersSchema = z
  .object({
    headers: z.record(z.string(), z.string()).openapi({ example: { 'x-shop': 'linden' } }),
    sensitive: z.array(z.string()).openapi({ description: 'Names of those whose value is not shown' }),
  })
  .openapi('WebhookHeaders')

export type WireWebhookHeaders = z.output<typeof webhookHeadersSchema>

const SENSITIVE = /auth|token|secret|key|password|cookie|signature|credential|session/i

/** What looks like a key is named and not shown. */
export function webhookHeadersToWire(headers: Record<string, string>): WireWebhookHeaders {
  const shown = Object.entries(headers).filter(([name]) => !SENSITIVE.test(name))
  const sensitive = Object.keys(headers).filter((name) => SENSITIVE.test(name))
  return { headers: Object.fromEntries(shown), sensitive: sensitive.sort() }
}

export const webhookDeliverySchema = z
  .object({
    id: z.string().openapi({ example: 'whd_0gyTR3kUe7pWz9QhV2sJn' }),
    webhook_id: z.string(),
    message_id: z.string().openapi({ description: 'Sent as webhook-id, the same in every attempt' }),
    type: z.string().openapi({ example: 'subscription.renewed' }),
    status: z.enum(['pending', 'succeeded', 'failed']),
    attempts: z.int().openapi({ description: 'Since it was created or replayed' }),
    next_attempt_at: timeSchema('When it is tried next').nullable(),
    last_attempt_at: timeSchema('When it was tried last').nullable(),
    status_code: z.int().nullable().openapi({ description: 'Of the last answer; null where there was none' }),
    response: z.string().nullable().openapi({ description: 'The first kilobyte of the last answer' }),
    last_error: z.string().nullable().openapi({ example: 'Answered 500' }),
    created_at: timeSchema('When it was queued'),
  })
  .openapi('WebhookDelivery')

export type WebhookDeliveryRow = Selectable<DB['webhook_deliveries']> & { type: string }

export function webhookDeliveryToWire(row: WebhookDeliveryRow): z.output<typeof webhookDeliverySchema> {
  const { webhook_id, type, status, attempts, status_code, response, last_error } = row
  return {
    id: row.delivery_id,
    webhook_id,
    message_id: row.event_id,
    type,
    status,
    attempts,
    next_attempt_at: rfc3339OrNull(row.next_attempt_at),
    last_attempt_at: rfc3339OrNull(row.last_attempt_at),
    status_code,
    response,
    last_error,
    created_at: rfc3339(row.created_at),
  }
}
