// The frozen invoice, as the PDF reads it.
export type { CorrectionDocument, CreditNoteDocument, StatementDocument } from '#billing/credit-note.ts'
export type { InvoiceDocument, InvoiceLine, InvoiceParty } from '#billing/invoice.ts'
