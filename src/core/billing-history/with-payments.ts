// What gave something back, joined to the payment it gave back of.
import { from, on } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'

export function refundsWithPayments(ctx: BusinessCtx) {
  return from(ctx, 'refunds').innerJoin('payments', on('payments.payment_id', 'refunds.payment_id'))
}

/** By way of the invoice they correct. */
export function creditNotesWithPayments(ctx: BusinessCtx) {
  return from(ctx, 'credit_notes')
    .innerJoin('invoices', on('invoices.invoice_id', 'credit_notes.invoice_id'))
    .innerJoin('payments', on('payments.payment_id', 'invoices.payment_id'))
}
