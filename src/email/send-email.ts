import { getEmail } from '#core/emails/queries.ts'
import { settleEmail } from '#core/emails/settle-email.ts'
import type { Mailer } from '#email/mailer.ts'
import { renderEmail } from '#email/render-email.tsx'
import type { BusinessCtx } from '#src/context.ts'

export type { Mailer } from '#email/mailer.ts'

/** Draws a queued mail, hands it to the mailer outside any transaction, and writes what became of it. */
export async function sendEmail(ctx: BusinessCtx, email_id: string, mailer: Mailer & { from?: string }): Promise<void> {
  const email = await getEmail(ctx, email_id)
  if (email.status !== 'queued') return
  const drawn = await renderEmail(ctx, email)
  const delivery = await mailer.send({
    message_id: email.email_id,
    to: email.recipient,
    from: { name: ctx.business.name, address: mailer.from ?? ctx.business.email },
    reply_to: ctx.business.support_email,
    ...drawn,
  })
  await settleEmail(ctx, email, delivery)
}
