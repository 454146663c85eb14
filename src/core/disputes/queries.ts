import type { Selectable } from 'kysely'
import { sum } from '#billing/money.ts'
import { from } from '#core/scope.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'

export type Dispute = Selectable<DB['disputes']>

/** The business keeps the money, or has it again. */
const SETTLED_FOR_US = new Set<Dispute['status']>(['dispute_won', 'dispute_cancelled'])
/** The bank gave the money back to its customer. */
const LOST = new Set<Dispute['status']>(['dispute_lost', 'dispute_accepted'])

/** Oldest first. */
export async function listDisputesOf(ctx: BusinessCtx, payment_id: string): Promise<Dispute[]> {
  return from(ctx, 'disputes')
    .selectAll()
    .where('payment_id', '=', payment_id)
    .orderBy('created_at')
    .orderBy('dispute_id')
    .execute()
}

/** Minor units of a payment that its bank took back for good, and those that cannot be refunded for a dispute: the same and what is open. */
export async function disputedOf(ctx: BusinessCtx, payment_id: string): Promise<{ lost: number; held: number }> {
  const disputes = await listDisputesOf(ctx, payment_id)
  const amounts = (counts: (status: Dispute['status']) => boolean) =>
    sum(disputes.filter(({ status }) => counts(status)).map(({ amount }) => amount))
  return { lost: amounts((status) => LOST.has(status)), held: amounts((status) => !SETTLED_FOR_US.has(status)) }
}
