import { recordAudit } from '#core/audit/record-audit.ts'
import { newSigningSecret, openPreviousSecrets, openSecret, sealSecret } from '#core/webhooks/secret.ts'
import { lockWebhook, updateWebhookRow } from '#core/webhooks/store.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

const OVERLAP = { hours: 24 }
/** Each is one more signature in the header of every message. */
const MOST_BEFORE = 5

export interface RotatedSecret {
  secret: string
  previous_secret_until: Temporal.Instant
}

/** A new signing secret; for a day messages are signed with the old one as well. Throws CONFLICT where that was done often today. */
export async function rotateWebhookSecret(outer: BusinessCtx, webhook_id: string): Promise<RotatedSecret> {
  return inTransaction(outer, async (ctx) => {
    const webhook = await lockWebhook(ctx, webhook_id)
    const secret = newSigningSecret()
    const previous_secret_until = ctx.wall.now().add(OVERLAP)
    const replaced = { secret: openSecret(ctx, webhook), until: previous_secret_until.toString() }
    // Each was promised its day: also where a newer one is replaced within it.
    const previous = [replaced, ...openPreviousSecrets(ctx, webhook)]
    if (previous.length > MOST_BEFORE) {
      throw new AppError('CONFLICT', {
        message: `${MOST_BEFORE} earlier secrets are still valid; the oldest ends at ${previous.at(-1)?.until}`,
      })
    }
    await updateWebhookRow(ctx, webhook_id, {
      secret: sealSecret(ctx, webhook_id, secret),
      previous_secret: sealSecret(ctx, webhook_id, JSON.stringify(previous)),
      previous_secret_until,
      updated_at: ctx.wall.now(),
    })
    await recordAudit(ctx, { action: 'webhook.secret_rotated', resource_id: webhook_id, customer_id: null })
    return { secret, previous_secret_until }
  })
}
