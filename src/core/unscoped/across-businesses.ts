// What the operator and the developer of test mode see of all businesses at once. No door of customers or merchants asks these.

import type { Email } from '#core/emails/queries.ts'
import type { Ctx } from '#src/context.ts'

export async function listBusinesses(ctx: Ctx): Promise<{ business_id: string; name: string }[]> {
  return ctx.db
    .selectFrom('businesses')
    .select(['business_id', 'name'])
    .where('archived_at', 'is', null)
    .orderBy('created_at')
    .execute()
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
