import { from, update } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'

/** Asks every processor to forget an erased customer; where one does not answer, the work is done again after a pause. */
export async function forgetAtProcessors(ctx: BusinessCtx, customer_id: string): Promise<void> {
  const customer = await from(ctx, 'customers')
    .select('forget_at_processors_at')
    .where('customer_id', '=', customer_id)
    .executeTakeFirst()
  if (customer === undefined || customer.forget_at_processors_at === null) return
  for (const processor of ctx.processors) await processor.forgetCustomer(ctx.business.business_id, customer_id)
  await update(ctx, 'customers').set({ forget_at_processors_at: null }).where('customer_id', '=', customer_id).execute()
}
