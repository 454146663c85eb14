import type { Selectable } from 'kysely'
import { from } from '#core/scope.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx, Ctx } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

export type Email = Selectable<DB['emails']>

export async function getEmail(ctx: BusinessCtx, email_id: string): Promise<Email> {
  const email = await from(ctx, 'emails').selectAll().where('email_id', '=', email_id).executeTakeFirst()
  if (email === undefined) throw notFound('e-mail')
  return email
}

/** The newest mails of every business: the developer's inbox of test mode. */
export async function listInbox(ctx: Ctx, limit: number): Promise<Email[]> {
  return ctx.db.selectFrom('emails').selectAll().orderBy('created_at', 'desc').limit(limit).execute()
}

/** Whose mail this is, for the inbox, which is read across businesses. */
export async function findEmailBusiness(ctx: Ctx, email_id: string): Promise<string | undefined> {
  const row = await ctx.db
    .selectFrom('emails')
    .select('business_id')
    .where('email_id', '=', email_id)
    .executeTakeFirst()
  return row?.business_id
}
