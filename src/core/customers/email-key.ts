// An address as addresses are compared. The database makes it, as it makes those it keeps: JavaScript lowers some letters otherwise (Σ, İ).
import { type RawBuilder, sql } from 'kysely'
import type { Ctx } from '#src/context.ts'

/** Trimmed and in lower case, to be compared with a column `email_key`. */
export function emailKey(email: string): RawBuilder<string> {
  return sql<string>`lower(btrim(${email.trim()}::text))`
}

/** Of each address, once. */
export async function readEmailKeys({ db }: Pick<Ctx, 'db'>, emails: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ email_key: string }>`
    select distinct lower(btrim(email)) as email_key from unnest(${[...emails]}::text[]) as email`.execute(db)
  return rows.map(({ email_key }) => email_key)
}
