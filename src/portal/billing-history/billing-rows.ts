import type { BillingEntry } from '#core/payments/list-billing.ts'
import type { BillingRow } from '#portal/billing-history/billing-table.tsx'

/** Payments as the customer reads them. */
export function billingRows(payments: readonly BillingEntry[]): BillingRow[] {
  return payments.map((payment) => ({
    kind: 'payment',
    payment_id: payment.payment_id,
    created_at: payment.created_at,
    description: payment.description ?? '',
    status: payment.status,
    is_plan_change: payment.kind === 'plan_change',
    more_lines: payment.more_lines,
    own_funds: payment.own_funds,
    carried_out: payment.carried_out,
    refund_status: refundStatus(payment),
    given_back: payment.refunded,
    dispute: payment.dispute,
    price_type: priceType(payment),
    amount: payment.total_amount,
    currency: payment.currency,
    error_code: payment.error_code,
    invoice_number: payment.invoice_number,
    credit_notes: payment.credit_notes,
  }))
}

function priceType({ kind, subscription_id }: BillingEntry): BillingRow['price_type'] {
  if (kind === 'usage') return 'usage_based_price'
  return subscription_id === null ? 'one_time_price' : 'recurring_price'
}

function refundStatus({ refunded, paid_total, refund_pending }: BillingEntry): BillingRow['refund_status'] {
  if (refund_pending) return 'pending'
  if (refunded === 0) return null
  return refunded >= paid_total ? 'full' : 'partial'
}
