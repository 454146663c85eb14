// Phase one of giving money back: the row, with its reason, in the transaction that decides it. The worker does the rest.
import type { Payment } from '#core/payments/queries.ts'
import { processorKey } from '#core/payments/store.ts'
import { owned } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'
import { newId } from '#src/ids.ts'

export interface NewRefund {
  /** Deterministic, so that the same thing is given back once. */
  reason_key: string
  /** Minor units. */
  amount: number
  reason: string | null
}

/** Nothing is written where nothing was paid, or where this reason was refunded before. */
export async function openRefund(ctx: BusinessCtx, payment: Payment, input: NewRefund): Promise<void> {
  if (input.amount === 0 || payment.processor === null) return
  await ctx.db
    .insertInto('refunds')
    .values({
      ...owned(ctx),
      refund_id: newId('refund', ctx.wall.now().epochMilliseconds),
      payment_id: payment.payment_id,
      reason_key: input.reason_key,
      status: 'pending',
      currency: payment.currency,
      amount: input.amount,
      reason: input.reason,
      processor: payment.processor,
      processor_key: processorKey(ctx, `refund:${input.reason_key}`, 1),
      created_at: ctx.clock.now(),
      next_check_at: ctx.wall.now(),
    })
    .onConflict((conflict) => conflict.columns(['business_id', 'reason_key']).doNothing())
    .execute()
}
