import type { Email } from '#core/emails/queries.ts'
import { update } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

export type Delivery =
  | { status: 'sent' }
  | { status: 'refused'; error: string }
  | { status: 'unavailable'; error: string }

/** Minutes until the next try after each failure; then the mail has failed. */
const RETRIES = [1, 5, 30, 120, 360, 720]

/** Writes what became of a mail: sent, refused for good, or to be tried again. */
export async function settleEmail(outer: BusinessCtx, email: Email, delivery: Delivery): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    const now = ctx.wall.now()
    const attempts = email.attempts + 1
    const wait = delivery.status === 'unavailable' ? RETRIES[attempts - 1] : undefined
    await update(ctx, 'emails')
      .set({
        attempts,
        status: delivery.status === 'sent' ? 'sent' : wait === undefined ? 'failed' : 'queued',
        sent_at: delivery.status === 'sent' ? now : null,
        last_error: delivery.status === 'sent' ? null : delivery.error.slice(0, 500),
        next_attempt_at: wait === undefined ? null : now.add({ minutes: wait }),
      })
      .where('email_id', '=', email.email_id)
      .execute()
  })
}
