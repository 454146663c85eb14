// One statement for many: a verb is written for one row, and where others do the same at the same time, each of its steps is taken for all
// of them at once. Alone, it is one of one.
import type { Ctx, Many } from '#src/context.ts'

/** What `many` answers for this one. */
export async function together<C extends Ctx, I, O>(ctx: C, many: Many<C, I, O>, input: I): Promise<O> {
  if (ctx.company !== undefined) return ctx.company.ask(ctx, many, input)
  return (await many(ctx, [input]))[0] as O
}

/** Whether a transaction is shared with others, who must not be kept waiting. */
export function isShared(ctx: Ctx): boolean {
  return ctx.company !== undefined && ctx.db.isTransaction
}

/** Ends the share of one who has more to do than the others, before it wrote anything: it is done again, alone. */
export function leaveCompany(ctx: Ctx): void {
  if (isShared(ctx)) throw new TravelsAlone()
}

export class TravelsAlone extends Error {
  constructor() {
    super('this is done alone')
    this.name = 'TravelsAlone'
  }
}

/** For `many`: what belongs to each key, in the order of the keys. */
export function inOrder<K, Row>(keys: readonly K[], rows: readonly Row[], keyOf: (row: Row) => K): (Row | undefined)[] {
  const found = new Map(rows.map((row) => [keyOf(row), row]))
  return keys.map((key) => found.get(key))
}
