import { insertNewRows, type NewRow } from '#core/together/rows.ts'
import { together } from '#core/together/together.ts'
import type { Facts } from '#db/json-types.ts'
import type { BusinessCtx } from '#src/context.ts'
import { newId } from '#src/ids.ts'

export interface NewEmail {
  event_id: string
  template: string
  /** Whom it is written to; null where that is the business, or where no business speaks in it. */
  customer_id: string | null
  recipient: string
  locale: string
  data: Facts
}

/** One mail per event, template and recipient; queueing it again changes nothing. */
export async function queueEmail(ctx: BusinessCtx, email: NewEmail): Promise<void> {
  const now = ctx.wall.now()
  const email_id = newId('email', now.epochMilliseconds)
  await together(ctx, insertEmails, { email_id, ...email, status: 'queued', created_at: now, next_attempt_at: now })
}

async function insertEmails(ctx: BusinessCtx, emails: readonly NewRow<'emails'>[]): Promise<undefined[]> {
  await insertNewRows(ctx, 'emails', emails, ['event_id', 'template', 'recipient'])
  return []
}
