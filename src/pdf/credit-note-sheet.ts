// What other documents say than an invoice: the credit note, the correction of details, the statement of what is owed.

import type { Locale } from '#i18n/locales.ts'
import { type Translator, translator } from '#i18n/translator.ts'
import type { CorrectionDocument, CreditNoteDocument, StatementDocument } from '#wire/invoice-document.ts'
import { foreignText, printable } from './foreign-text.ts'
import { type InvoiceSheet, invoiceSheet } from './invoice-sheet.ts'

/** Amounts are what was given back; a line that a new plan took again is negative. */
export function creditNoteSheet(note: CreditNoteDocument, locale: Locale): InvoiceSheet {
  const sheet = invoiceSheet(note, locale)
  const say = translator(locale, note.time_zone)
  const { t, dir } = say
  const number = foreignText(note.number, dir)
  return {
    ...sheet,
    document: { ...sheet.document, title: printable(t('credit_note.document_title', titleOf(note))) },
    title: t('credit_note.title'),
    facts: [
      { label: t('credit_note.number'), value: number },
      { label: t('credit_note.date'), value: say.date(note.issued_at) },
      ...originalOf(note, say),
    ],
    lines: sheet.lines.map((line, index) => ({ ...line, description: describe(note, index, say) })),
    total: { ...sheet.total, label: t('credit_note.total') },
    below_total: [...sheet.below_total, ...toWallet(note, say)],
    paid: given(note, say),
    next: note.reason === null ? '' : t('credit_note.reason', { reason: foreignText(note.reason, dir) }),
    footer: [...referenceOf(note, say), ...sheet.footer],
    page: t('credit_note.page', { number, page: '\ue000', pages: '\ue001' }),
  }
}

/** The invoice with the details as they should have been. */
export function correctionSheet(correction: CorrectionDocument, locale: Locale): InvoiceSheet {
  const sheet = invoiceSheet(correction, locale)
  const say = translator(locale, correction.time_zone)
  const { t, dir } = say
  const number = foreignText(correction.number, dir)
  return {
    ...sheet,
    document: { ...sheet.document, title: printable(t('correction.document_title', titleOf(correction))) },
    title: t('correction.title'),
    facts: [
      { label: t('correction.number'), value: number },
      { label: t('correction.date'), value: say.date(correction.issued_at) },
      ...originalOf(correction, say),
    ],
    page: t('correction.page', { number, page: '\ue000', pages: '\ue001' }),
  }
}

/** What is owed, drawn like an invoice; it is none, and has no number. */
export function statementSheet(statement: StatementDocument, locale: Locale): InvoiceSheet {
  const { issued_at, currency, due, time_zone } = statement
  const unpaid = { payment_id: '', paid_at: issued_at, method: null }
  const sheet = invoiceSheet({ ...statement, number: '', payment: unpaid, next_billing_date: null }, locale)
  const say = translator(locale, time_zone)
  const { t } = say
  return {
    ...sheet,
    document: {
      ...sheet.document,
      title: printable(t('statement.document_title', { business: printable(statement.business.name) })),
    },
    title: t('statement.title'),
    facts: [{ label: t('statement.date'), value: say.date(issued_at) }],
    paid: t('statement.due', { amount: say.money(due, currency) }),
    next: t('statement.no_invoice'),
    footer: sheet.footer.slice(-1),
    page: t('statement.page', { page: '\ue000', pages: '\ue001' }),
  }
}

function titleOf({ number, business }: CorrectionDocument) {
  return { number: printable(number), business: printable(business.name) }
}

function originalOf({ original }: CorrectionDocument, { t, dir, date }: Translator): InvoiceSheet['facts'] {
  return [
    { label: t('credit_note.original'), value: foreignText(original.number, dir) },
    { label: t('invoice.date'), value: date(original.issued_at) },
  ]
}

function describe({ lines }: CreditNoteDocument, index: number, { t, dir }: Translator): string {
  const { description = '', amount = 0 } = lines[index] ?? {}
  const own = foreignText(description, dir)
  return amount < 0 ? t('credit_note.charged_line', { description: own }) : own
}

function toWallet({ given_to, currency, total }: CreditNoteDocument, { t, money }: Translator): InvoiceSheet['sums'] {
  if (given_to.type !== 'refund' || given_to.wallet_amount === 0 || given_to.wallet_amount === total) return []
  return [{ label: t('credit_note.to_wallet'), value: money(given_to.wallet_amount, currency) }]
}

function given(note: CreditNoteDocument, { t, dir, date }: Translator): string {
  const on = { date: date(note.issued_at) }
  const { given_to } = note
  if (given_to.type === 'credit') return t('credit_note.credited', on)
  if (given_to.type === 'wallet' || given_to.wallet_amount === note.total) {
    return t('credit_note.refunded_to_wallet', on)
  }
  const { method } = note.payment
  if (method === null) return t('credit_note.refunded', on)
  return t('credit_note.refunded_to', { ...on, method: foreignText(method, dir) })
}

function referenceOf({ given_to }: CreditNoteDocument, { t, dir }: Translator): string[] {
  if (given_to.type !== 'refund') return []
  return [t('credit_note.refund_reference', { refund_id: foreignText(given_to.refund_id, dir) })]
}
