import type { Selectable } from 'kysely'
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
