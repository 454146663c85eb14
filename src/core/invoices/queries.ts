import { sql } from 'kysely'
import type { CorrectionDocument, CreditNoteDocument } from '#billing/credit-note.ts'
import { type InvoiceDocument, readInvoice, type StoredInvoice } from '#billing/invoice.ts'
import { from, on } from '#core/scope.ts'
import { inOrder, together } from '#core/together/together.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface IssuedInvoice {
  invoice_id: string
  number: string
  customer_id: string
  issued_at: Temporal.Instant
  document: InvoiceDocument
}

/** The invoice a payment was answered with; undefined while it has not succeeded. */
export async function findInvoice(ctx: BusinessCtx, payment_id: string): Promise<IssuedInvoice | undefined> {
  const row = await together(ctx, findInvoices, payment_id)
  return row && { ...row, document: readInvoice(row.document as StoredInvoice) }
}

async function findInvoices(ctx: BusinessCtx, payment_ids: readonly string[]) {
  const rows = await from(ctx, 'invoices')
    .select(['invoice_id', 'number', 'payment_id', 'customer_id', 'issued_at', 'document'])
    .where(sql<boolean>`payment_id = any(${payment_ids})`)
    .where('series', '=', 'invoice')
    .execute()
  return inOrder<string | null, (typeof rows)[number]>(payment_ids, rows, ({ payment_id }) => payment_id)
}

export interface IssuedCreditNote {
  credit_note_id: string
  number: string
  customer_id: string
  document: CreditNoteDocument
}

/** The credit note of a refund; undefined until it has succeeded, and where nothing was invoiced. */
export async function findCreditNoteOf(ctx: BusinessCtx, refund_id: string): Promise<IssuedCreditNote | undefined> {
  const row = await from(ctx, 'credit_notes')
    .select(['credit_note_id', 'number', 'customer_id', 'document'])
    .where('refund_id', '=', refund_id)
    .executeTakeFirst()
  return row && { ...row, document: row.document as CreditNoteDocument }
}

/** The credit notes that belong to a payment's invoice, oldest first. */
export async function listCreditNotesOf(ctx: BusinessCtx, payment_id: string): Promise<IssuedCreditNote[]> {
  const rows = await from(ctx, 'credit_notes')
    .innerJoin('invoices', on('invoices.invoice_id', 'credit_notes.invoice_id'))
    .select(['credit_note_id', 'credit_notes.number', 'credit_notes.customer_id', 'credit_notes.document'])
    .where('invoices.payment_id', '=', payment_id)
    .orderBy('credit_notes.issued_at')
    .orderBy('credit_note_id')
    .execute()
  return rows.map((row) => ({ ...row, document: row.document as CreditNoteDocument }))
}

export interface IssuedCorrection {
  correction_id: string
  number: string
  customer_id: string
  document: CorrectionDocument
}

/** The last correction of the details of a payment's invoice. */
export async function findCorrection(ctx: BusinessCtx, payment_id: string): Promise<IssuedCorrection | undefined> {
  const row = await from(ctx, 'invoice_corrections')
    .innerJoin('invoices', on('invoices.invoice_id', 'invoice_corrections.invoice_id'))
    .select(['correction_id', 'invoice_corrections.number', 'invoice_corrections.customer_id'])
    .select('invoice_corrections.document')
    .where('invoices.payment_id', '=', payment_id)
    .orderBy('correction_id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && { ...row, document: row.document as CorrectionDocument }
}
