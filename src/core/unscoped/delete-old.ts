// Deleting by age asks of every business alike. Only src/core/retention/rules.ts says what.
import { sql } from 'kysely'
import type { Rule } from '#core/retention/rules.ts'
import type { Ctx } from '#src/context.ts'

/** Up to `limit` rows, passing over those somebody holds just now. Answers how many. */
export async function deleteOld(ctx: Ctx, { table, since, days, where }: Rule, limit: number): Promise<number> {
  const before = ctx.wall.now().subtract({ hours: 24 * days })
  const old = sql.table(table)
  const { numAffectedRows = 0n } = await sql`
    delete from ${old} where ctid = any (array(
      select old.ctid from ${old} old where ${sql.raw(since)} < ${before}::timestamptz and ${sql.raw(where)}
      limit ${limit} for update of old skip locked
    ))
  `.execute(ctx.db)
  return Number(numAffectedRows)
}
