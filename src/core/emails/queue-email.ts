import { owned } from '#core/scope.ts'
import type { Facts } from '#db/json-types.ts'
import { json } from '#db/temporal.ts'
import type { BusinessCtx } from '#src/context.ts'
import { newId } from '#src/ids.ts'

export interface NewEmail {
  event_id: string
  template: string
  recipient: string
  locale: string
  data: Facts
}

/** One mail per event, template and recipient; queueing it again changes nothing. */
export async function queueEmail(ctx: BusinessCtx, email: NewEmail): Promise<void> {
  const now = ctx.wall.now()
  await ctx.db
    .insertInto('emails')
    .values({
      ...owned(ctx),
      email_id: newId('email', now.epochMilliseconds),
      ...email,
      data: json(email.data),
      status: 'queued',
      created_at: now,
      next_attempt_at: now,
    })
    .onConflict((conflict) => conflict.columns(['business_id', 'event_id', 'template', 'recipient']).doNothing())
    .execute()
}
