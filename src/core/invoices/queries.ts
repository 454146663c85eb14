import type { InvoiceDocument } from '#billing/invoice.ts'
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
  // Invoices from before there were credit and wallets do not speak of them.
  const document = row.document as InvoiceDocument
  const { credit_applied = 0, wallet_applied = 0 } = document as Partial<InvoiceDocument>
  return { ...row, document: { ...document, credit_applied, wallet_applied } }
}
