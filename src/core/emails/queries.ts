import type { Selectable } from 'kysely'
import { offsetOf, type Page } from '#core/paging.ts'
import { from } from '#core/scope.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

export type Email = Selectable<DB['emails']>

export async function getEmail(ctx: BusinessCtx, email_id: string): Promise<Email> {
  const email = await from(ctx, 'emails').selectAll().where('email_id', '=', email_id).executeTakeFirst()
  if (email === undefined) throw notFound('e-mail')
  return email
}

/** What a customer was written in this business's name, newest first. */
export async function listEmailsTo(ctx: BusinessCtx, customer_id: string, page: Page): Promise<Email[]> {
  return from(ctx, 'emails')
    .selectAll()
    .where('customer_id', '=', customer_id)
    .orderBy('created_at', 'desc')
    .orderBy('email_id', 'desc')
    .limit(page.page_size)
    .offset(offsetOf(page))
    .execute()
}
