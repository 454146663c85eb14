// Invoices and what belongs to them as PDF, drawn one after another by a thread of its own, so that pages are served meanwhile.

import type { Locale } from '#i18n/locales.ts'
import type {
  CorrectionDocument,
  CreditNoteDocument,
  InvoiceDocument,
  StatementDocument,
} from '#wire/invoice-document.ts'
import { correctionSheet, creditNoteSheet, statementSheet } from './credit-note-sheet.ts'
import { invoiceSheet } from './invoice-sheet.ts'
import { TypstPrinter } from './typst-printer.ts'

const printer = new TypstPrinter()

/** The same document and locale give the same bytes. Rejects where the thread fails or takes longer than 20 s. */
export async function renderInvoice(document: InvoiceDocument, locale: Locale): Promise<Uint8Array> {
  return printer.print(JSON.stringify(invoiceSheet(document, locale)))
}

export async function renderCreditNote(document: CreditNoteDocument, locale: Locale): Promise<Uint8Array> {
  return printer.print(JSON.stringify(creditNoteSheet(document, locale)))
}

export async function renderCorrection(document: CorrectionDocument, locale: Locale): Promise<Uint8Array> {
  return printer.print(JSON.stringify(correctionSheet(document, locale)))
}

export async function renderStatement(document: StatementDocument, locale: Locale): Promise<Uint8Array> {
  return printer.print(JSON.stringify(statementSheet(document, locale)))
}

/** Ends the thread; a later invoice starts a new one. */
export function closePdf(): Promise<void> {
  return printer.close()
}
