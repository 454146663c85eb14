import { split } from '#billing/money.ts'
import { listRefundsOf } from '#core/payments/payment-details.ts'
import { type DuesLine, getDues, getDuesLines, getPayment } from '#core/payments/queries.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface PaymentLines {
  currency: string
  /** `refundable_amount`: the line's share of what is left of the payment, with tax, in minor units. */
  lines: (DuesLine & { refundable_amount: number })[]
}

/** What a payment paid for, line by line. Refunds give back a share of every line. */
export async function getPaymentLines(ctx: BusinessCtx, payment_id: string): Promise<PaymentLines> {
  const payment = await getPayment(ctx, payment_id)
  const [dues, lines, refunds] = await Promise.all([
    getDues(ctx, payment.dues_id),
    getDuesLines(ctx, payment.dues_id),
    listRefundsOf(ctx, payment_id),
  ])
  const given = refunds.reduce((sum, { status, amount }) => (status === 'failed' ? sum : sum + amount), 0)
  const left = payment.status === 'succeeded' ? Math.max(0, payment.total_amount - given) : 0
  const paid = lines.map(({ amount, tax }) => (dues.tax_inclusive ? amount : amount + tax))
  // What a plan change gave back was never paid by this payment.
  const weights = paid.map((amount) => Math.max(0, amount))
  const shares = left === 0 ? paid.map(() => 0) : split(left, weights)
  return {
    currency: payment.currency,
    lines: lines.map((line, index) => ({ ...line, refundable_amount: shares[index] ?? 0 })),
  }
}
