import { refundableOf } from '#billing/refund.ts'
import { type DuesLine, getDuesLines, getPayment } from '#core/payments/queries.ts'
import { itemIdOf, readPaidFor } from '#core/refunds/paid-lines.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface PaymentLines {
  currency: string
  /** `refundable_amount`: what may still be given back of the line by itself, with tax, in minor units. */
  lines: (DuesLine & { item_id: string; refundable_amount: number })[]
}

/** What a payment paid for, line by line. A line for a part of a period goes back only with the whole payment. */
export async function getPaymentLines(ctx: BusinessCtx, payment_id: string): Promise<PaymentLines> {
  const payment = await getPayment(ctx, payment_id)
  const { paid } = await readPaidFor(ctx, payment)
  const refundable = refundableOf(paid)
  const lines = await getDuesLines(ctx, payment.dues_id)
  return {
    currency: payment.currency,
    lines: lines.map((line, index) => ({
      ...line,
      item_id: itemIdOf(line),
      refundable_amount: line.prorated ? 0 : (refundable[index] ?? 0),
    })),
  }
}
