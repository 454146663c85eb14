// What customers were sent, for the merchant: every mail is told, and none that carries access is shown.
import { getCustomer } from '#core/customers/queries.ts'
import { type MailKind, mayBeShown } from '#core/emails/kinds.ts'
import { type Email, listEmailsTo } from '#core/emails/queries.ts'
import type { Page } from '#core/paging.ts'
import { from } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

export interface SentEmail extends Email {
  kind: MailKind
  /** Null where nothing of it may be shown, or nothing is left to show. */
  subject: string | null
  from: string
}

type DrawnEmail = Awaited<ReturnType<BusinessCtx['mails']['redraw']>>

/** Newest first. */
export async function listSentEmails(ctx: BusinessCtx, customer_id: string, page: Page): Promise<SentEmail[]> {
  await getCustomer(ctx, customer_id)
  const sent: SentEmail[] = []
  for (const email of await listEmailsTo(ctx, customer_id, page)) {
    const kind = ctx.mails.kindOf(email.template)
    if (kind === undefined) continue
    const subject = (await drawAgain(ctx, email))?.subject ?? null
    sent.push({ ...email, kind, subject, from: ctx.mails.from ?? ctx.business.email })
  }
  return sent
}

/** Throws NOT_FOUND where there is nothing to show. */
export async function getSentEmail(
  ctx: BusinessCtx,
  customer_id: string,
  email_id: string,
): Promise<Email & DrawnEmail> {
  const email = await from(ctx, 'emails')
    .selectAll()
    .where('email_id', '=', email_id)
    .where('customer_id', '=', customer_id)
    .executeTakeFirst()
  const drawn = email && (await drawAgain(ctx, email))
  if (email === undefined || drawn === undefined) throw notFound('e-mail, or it has no content to show')
  return { ...email, ...drawn }
}

/** Of a customer who was erased there is nothing but that a mail was sent. */
async function drawAgain(ctx: BusinessCtx, email: Email): Promise<DrawnEmail | undefined> {
  const kind = ctx.mails.kindOf(email.template)
  if (kind === undefined || !mayBeShown(kind) || isErased(email)) return undefined
  try {
    return await ctx.mails.redraw(ctx, email)
  } catch (error) {
    ctx.log.warn({ err: error, email_id: email.email_id }, 'a sent mail cannot be drawn again')
    return undefined
  }
}

/** By the address that erasing leaves on its row. */
export function isErased({ recipient }: Pick<Email, 'recipient'>): boolean {
  return recipient.endsWith('@erased.invalid')
}
