// The frozen invoice, as the PDF reads it.
export type { InvoiceDocument, InvoiceLine, InvoiceParty } from '#billing/invoice.ts'
