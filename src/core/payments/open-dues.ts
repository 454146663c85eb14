// Phase one of moving money: in a transaction, write what is owed and the first attempt to collect it.
import { reserveCredit } from '#core/credits/ledger.ts'
import { firstCheck } from '#core/payments/check-schedule.ts'
import type { Payment } from '#core/payments/queries.ts'
import { insertAttempt, insertDues, type NewDues } from '#core/payments/store.ts'
import type { BillingAddress, Metadata } from '#db/json-types.ts'
import { type BusinessCtx, processorFor } from '#src/context.ts'

export interface OffSessionDues extends NewDues {
  payment_method_id: string | null
  billing: BillingAddress
  metadata: Metadata
}

/** The payment to collect, less what the subscription's credit pays; undefined where these dues were written before. */
export async function openDues(ctx: BusinessCtx, input: OffSessionDues): Promise<Payment | undefined> {
  const { payment_method_id, billing, metadata, ...columns } = input
  const written = await insertDues(ctx, columns)
  if (written === undefined) return undefined
  const processor = processorFor(ctx)
  const dues = await reserveCredit(ctx, written, 1, processor.minimumAmount(written.currency))
  return insertAttempt(ctx, dues, {
    off_session: true,
    payment_method_id,
    processor: dues.total === dues.credit_applied ? null : processor.name,
    checkout_id: null,
    billing,
    metadata,
    next_check_at: firstCheck(ctx.wall.now()),
  })
}
