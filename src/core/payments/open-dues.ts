// Phase one of moving money: in a transaction, write what is owed and the first attempt to collect it.
import { firstCheck } from '#core/payments/check-schedule.ts'
import { insertAttempt, insertDues, type NewDues } from '#core/payments/store.ts'
import type { BillingAddress, Metadata } from '#db/json-types.ts'
import { type BusinessCtx, processorFor } from '#src/context.ts'

export interface OffSessionDues extends NewDues {
  payment_method_id: string | null
  billing: BillingAddress
  metadata: Metadata
}

/** The payment to collect; undefined where these dues were written before. */
export async function openDues(ctx: BusinessCtx, input: OffSessionDues): Promise<string | undefined> {
  const { payment_method_id, billing, metadata, ...columns } = input
  const dues = await insertDues(ctx, columns)
  if (dues === undefined) return undefined
  const payment = await insertAttempt(ctx, dues, {
    off_session: true,
    payment_method_id,
    processor: dues.total === 0 ? null : processorFor(ctx).name,
    checkout_id: null,
    billing,
    metadata,
    next_check_at: firstCheck(ctx.wall.now()),
  })
  return payment.payment_id
}
