// The papers of a customer's statement: invoices, what corrected them, credit notes.
import type { CorrectionDocument, CreditNoteDocument } from '#billing/credit-note.ts'
import { type InvoiceDocument, readInvoice, type StoredInvoice } from '#billing/invoice.ts'
import { from } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'

export type IssuedDocument =
  | { kind: 'invoice'; number: string; document: InvoiceDocument }
  | { kind: 'correction'; number: string; document: CorrectionDocument }
  | { kind: 'credit_note'; number: string; document: CreditNoteDocument }

export interface DocumentFilter {
  customer_id: string
  issued_at_gte?: Temporal.Instant
  issued_at_lt?: Temporal.Instant
}

const kinds = [
  { kind: 'invoice', table: 'invoices' },
  { kind: 'correction', table: 'invoice_corrections' },
  { kind: 'credit_note', table: 'credit_notes' },
] as const

/** How many there are of all kinds. */
export async function countDocuments(ctx: BusinessCtx, filter: DocumentFilter): Promise<number> {
  const counted = await Promise.all(
    kinds.map(({ table }) =>
      issued(ctx, table, filter)
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow(),
    ),
  )
  return counted.reduce((sum, { count }) => sum + Number(count), 0)
}

const BATCH = 100

/** Each once, kind by kind, oldest first; a batch in memory at a time. */
export async function* listDocuments(ctx: BusinessCtx, filter: DocumentFilter): AsyncGenerator<IssuedDocument> {
  for (const { kind, table } of kinds) {
    for (let after = ''; ; ) {
      const batch = await issued(ctx, table, filter)
        .select(['number', 'document'])
        .where('number', '>', after)
        .orderBy('number')
        .limit(BATCH)
        .execute()
      for (const { number, document } of batch) yield asIssued(kind, number, document)
      if (batch.length < BATCH) break
      after = batch.at(-1)?.number ?? after
    }
  }
}

function issued(ctx: BusinessCtx, table: (typeof kinds)[number]['table'], filter: DocumentFilter) {
  let query = from(ctx, table as 'invoices').where('customer_id', '=', filter.customer_id)
  if (filter.issued_at_gte !== undefined) query = query.where('issued_at', '>=', filter.issued_at_gte)
  if (filter.issued_at_lt !== undefined) query = query.where('issued_at', '<', filter.issued_at_lt)
  return query
}

function asIssued(kind: IssuedDocument['kind'], number: string, document: unknown): IssuedDocument {
  switch (kind) {
    case 'invoice':
      return { kind, number, document: readInvoice(document as StoredInvoice) }
    case 'correction':
      return { kind, number, document: document as CorrectionDocument }
    case 'credit_note':
      return { kind, number, document: document as CreditNoteDocument }
  }
}
