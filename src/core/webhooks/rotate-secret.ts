import { recordAudit } from '#core/audit/record-audit.ts'
import { newSigningSecret, openSecret, sealSecret } from '#core/webhooks/secret.ts'
import { lockWebhook, updateWebhookRow } from '#core/webhooks/store.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

const OVERLAP = { hours: 24 }

export interface RotatedSecret {
  secret: string
  previous_secret_until: Temporal.Instant
}

/** A new signing secret; for a day messages are signed with the old one as well. */
export async function rotateWebhookSecret(outer: BusinessCtx, webhook_id: string): Promise<RotatedSecret> {
  return inTransaction(outer, async (ctx) => {
    const webhook = await lockWebhook(ctx, webhook_id)
    const secret = newSigningSecret()
    const previous_secret_until = ctx.wall.now().add(OVERLAP)
    await updateWebhookRow(ctx, webhook_id, {
      secret: sealSecret(ctx, webhook_id, secret),
      previous_secret: sealSecret(ctx, webhook_id, openSecret(ctx, webhook)),
      previous_secret_until,
      updated_at: ctx.wall.now(),
    })
    await recordAudit(ctx, { action: 'webhook.secret_rotated', resource_id: webhook_id, customer_id: null })
    return { secret, previous_secret_until }
  })
}
