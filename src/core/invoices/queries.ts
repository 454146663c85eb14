import { type InvoiceDocument, readInvoice, type StoredInvoice } from '#billing/invoice.ts'
import { from } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface IssuedInvoice {
  invoice_id: string
  number: string
  customer_id: string
  document: InvoiceDocument
}

/** The invoice a payment was answered with; undefined while it has not succeeded. */
export async function findInvoice(ctx: BusinessCtx, payment_id: string): Promise<IssuedInvoice | undefined> {
  const row = await from(ctx, 'invoices')
    .select(['invoice_id', 'number', 'customer_id', 'document'])
    .where('payment_id', '=', payment_id)
    .where('series', '=', 'invoice')
    .executeTakeFirst()
  if (row === undefined) return undefined
  return { ...row, document: readInvoice(row.document as StoredInvoice) }
}
