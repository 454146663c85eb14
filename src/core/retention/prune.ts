// Deletes what nobody needs any more: a little at a time, each little by itself, so that nobody waits for it.
import { type Rule, rules } from '#core/retention/rules.ts'
import { deleteOld } from '#core/unscoped/delete-old.ts'
import { type Ctx, inTransaction } from '#src/context.ts'

const BATCH = 500
/** Of one rule in one turn; the rest comes with the next. */
const MOST_BATCHES = 20
const SOON = Temporal.Duration.from({ seconds: 10 })
const LATER = Temporal.Duration.from({ hours: 1 })

/** One turn, and when the next is. Answers how many rows went. */
export async function prune(ctx: Ctx): Promise<number> {
  let total = 0
  let isDone = true
  for (const rule of rules) {
    const { count, has_more } = await pruneBy(ctx, rule)
    total += count
    if (has_more) isDone = false
    if (count > 0) ctx.log.info({ table: rule.table, count }, `deleted ${rule.what}`)
  }
  await comeBack(ctx, isDone ? LATER : SOON)
  return total
}

async function pruneBy(ctx: Ctx, rule: Rule): Promise<{ count: number; has_more: boolean }> {
  let count = 0
  for (let round = 0; round < MOST_BATCHES; round += 1) {
    const deleted = await deleteOld(ctx, rule, BATCH)
    count += deleted
    if (deleted < BATCH) return { count, has_more: false }
  }
  return { count, has_more: true }
}

async function comeBack(outer: Ctx, after: Temporal.Duration): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    await ctx.db
      .updateTable('chores')
      .set({ due_at: ctx.wall.now().add(after) })
      .where('chore', '=', 'prune')
      .execute()
  })
}
