import type { HistoryEntry } from '#core/billing-history/list-history.ts'
import type { Given } from '#core/billing-history/read-given.ts'
import type { BillingEntry } from '#core/payments/list-billing.ts'
import type { BillingRow } from '#portal/billing-history/billing-table.tsx'

/** The statement as the customer reads it. */
export function billingRows(entries: readonly HistoryEntry[]): BillingRow[] {
  return entries.map((entry) => (entry.entry === 'payment' ? paymentRow(entry) : givenRow(entry)))
}

function paymentRow(payment: BillingEntry): BillingRow {
  return {
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
    credit_note: null,
    license_keys: payment.license_keys,
    entitlements: payment.entitlements,
  }
}

function givenRow({ entry, status, credit_note, ...given }: Given): BillingRow {
  return {
    kind: entry,
    payment_id: given.payment_id,
    created_at: given.created_at,
    description: given.description,
    status: status === 'pending' ? 'processing' : 'succeeded',
    is_plan_change: false,
    more_lines: 0,
    own_funds: 0,
    carried_out: false,
    refund_status: null,
    given_back: 0,
    dispute: null,
    price_type: priceType(given),
    amount: given.amount,
    currency: given.currency,
    error_code: null,
    invoice_number: null,
    credit_note,
    license_keys: 0,
    entitlements: 0,
  }
}

function priceType({ kind, subscription_id }: Pick<Given, 'kind' | 'subscription_id'>): BillingRow['price_type'] {
  if (kind === 'usage') return 'usage_based_price'
  return subscription_id === null ? 'one_time_price' : 'recurring_price'
}

function refundStatus({ refunded, paid_total, refund_pending }: BillingEntry): BillingRow['refund_status'] {
  if (refund_pending) return 'pending'
  if (refunded === 0) return null
  return refunded >= paid_total ? 'full' : 'partial'
}
