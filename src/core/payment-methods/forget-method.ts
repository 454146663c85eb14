// A method nobody uses any more is removed at the processor as well: written down with what made it so, done later.
import { from, owned, update } from '#core/scope.ts'
import { type BusinessCtx, processorNamed } from '#src/context.ts'

/** Call it in the transaction that gives the method up. */
export async function forgetAtProcessor(ctx: BusinessCtx, processor: string, reference: string): Promise<void> {
  const now = ctx.wall.now()
  await ctx.db
    .insertInto('method_removals')
    .values({ ...owned(ctx), processor, processor_reference: reference, created_at: now, next_attempt_at: now })
    .onConflict((conflict) => conflict.columns(['business_id', 'processor', 'processor_reference']).doNothing())
    .execute()
}

/** Asks the processor; where it does not answer, the work is done again after a pause. */
export async function forgetMethod(ctx: BusinessCtx, processor: string, reference: string): Promise<void> {
  const planned = await from(ctx, 'method_removals')
    .select('next_attempt_at')
    .where('processor', '=', processor)
    .where('processor_reference', '=', reference)
    .executeTakeFirst()
  if (planned === undefined || planned.next_attempt_at === null) return
  await processorNamed(ctx, processor).removeMethod(ctx.business.business_id, reference)
  await update(ctx, 'method_removals')
    .set({ next_attempt_at: null })
    .where('processor', '=', processor)
    .where('processor_reference', '=', reference)
    .execute()
}
