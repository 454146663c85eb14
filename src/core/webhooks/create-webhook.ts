import { recordAudit } from '#core/audit/record-audit.ts'
import { from, owned } from '#core/scope.ts'
import { assertWebhookAddress } from '#core/webhooks/assert-address.ts'
import type { Webhook } from '#core/webhooks/queries.ts'
import { newSigningSecret, sealHeaders, sealSecret } from '#core/webhooks/secret.ts'
import { json } from '#db/temporal.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError } from '#src/errors.ts'
import { newId } from '#src/ids.ts'

export interface NewWebhook {
  url: string
  description?: string
  /** Null: every type. */
  filter_types?: string[] | null
  metadata?: Record<string, string>
  rate_limit?: number | null
  disabled?: boolean
  headers?: Record<string, string>
  idempotency_key?: string | null
}

/** Every event is written once for each of them. */
const MOST = 50

/** The same idempotency key gives the endpoint it made the first time. */
export async function createWebhook(outer: BusinessCtx, input: NewWebhook): Promise<Webhook> {
  assertWebhookAddress(outer, input.url)
  return inTransaction(outer, async (ctx) => {
    const webhook = await insert(ctx, input)
    if (webhook === undefined) return getByKey(ctx, input.idempotency_key ?? '')
    await assertRoom(ctx)
    await recordAudit(ctx, { action: 'webhook.created', resource_id: webhook.webhook_id, customer_id: null })
    return webhook
  })
}

async function insert(ctx: BusinessCtx, input: NewWebhook): Promise<Webhook | undefined> {
  const now = ctx.wall.now()
  const webhook_id = newId('webhook', now.epochMilliseconds)
  return ctx.db
    .insertInto('webhook_endpoints')
    .values({
      ...owned(ctx),
      webhook_id,
      url: input.url,
      description: input.description ?? '',
      filter_types: input.filter_types ?? null,
      metadata: json(input.metadata ?? {}),
      rate_limit: input.rate_limit ?? null,
      disabled: input.disabled ?? false,
      secret: sealSecret(ctx, webhook_id, newSigningSecret()),
      headers: sealHeaders(ctx, webhook_id, input.headers ?? {}),
      idempotency_key: input.idempotency_key ?? null,
      created_at: now,
      updated_at: now,
    })
    .onConflict((conflict) => conflict.columns(['business_id', 'idempotency_key']).doNothing())
    .returningAll()
    .executeTakeFirst()
}

async function getByKey(ctx: BusinessCtx, idempotency_key: string): Promise<Webhook> {
  return from(ctx, 'webhook_endpoints')
    .selectAll()
    .where('idempotency_key', '=', idempotency_key)
    .executeTakeFirstOrThrow()
}

async function assertRoom(ctx: BusinessCtx): Promise<void> {
  const { count } = await from(ctx, 'webhook_endpoints')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  if (Number(count) <= MOST) return
  throw new AppError('INVALID_REQUEST_PARAMETERS', {
    message: `A business may have at most ${MOST} webhooks; delete one first`,
  })
}
