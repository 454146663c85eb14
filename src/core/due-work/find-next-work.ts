import { sql } from 'kysely'
import { type BusinessWork, businessWork } from '#core/due-work/business-work.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface DueWork {
  work: BusinessWork
  key: Record<string, string>
  at: Temporal.Instant
}

/** What the business has to do next, whenever that is. */
export async function findNextWork(ctx: BusinessCtx): Promise<DueWork | undefined> {
  let next: DueWork | undefined
  for (const work of businessWork) {
    const found = await findFirst(ctx, work)
    if (found === undefined) continue
    if (next === undefined || Temporal.Instant.compare(found.at, next.at) < 0) next = found
  }
  return next
}

async function findFirst(ctx: BusinessCtx, work: BusinessWork): Promise<DueWork | undefined> {
  const columns = sql.join(work.key.map((column) => sql.ref(column)))
  const due = sql.ref(work.due)
  const { rows } = await sql<Record<string, string> & { work_due_at: Temporal.Instant }>`
    select ${columns}, ${due} as work_due_at from ${sql.table(work.table)}
    where business_id = ${ctx.business.business_id} and ${due} is not null
    order by ${due}, ${columns} limit 1
  `.execute(ctx.db)
  const [row] = rows
  if (row === undefined) return undefined
  const { work_due_at: at, ...key } = row
  return { work, key: key as Record<string, string>, at }
}
