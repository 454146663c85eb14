import type { PaymentListed } from '#core/payments/queries.ts'
import type { BillingRow } from '#portal/billing-history/billing-table.tsx'

/** Payments as the customer reads them. */
export function billingRows(payments: readonly PaymentListed[]): BillingRow[] {
  return payments.map((payment) => ({
    kind: 'payment',
    payment_id: payment.payment_id,
    created_at: payment.created_at,
    description: payment.description ?? '',
    status: payment.status,
    refund_status: refundStatus(payment),
    price_type: payment.subscription_id === null ? 'one_time_price' : 'recurring_price',
    amount: payment.total_amount,
    currency: payment.currency,
    error_code: payment.error_code,
    invoice_number: payment.invoice_number,
  }))
}

function refundStatus({ refunded, paid_total }: PaymentListed): BillingRow['refund_status'] {
  if (refunded === 0) return null
  return refunded >= paid_total ? 'full' : 'partial'
}
