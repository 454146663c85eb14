// The statement as a table to calculate with: one line for each entry, amounts as plain decimals, days of the business.
import { toDecimal } from '#billing/money.ts'
import { readHistory } from '#core/billing-history/list-history.ts'
import type { MessageKey, Translator } from '#i18n/translator.ts'
import { billingRows } from '#portal/billing-history/billing-rows.ts'
import { type BillingRow, describeGiven, describePayment } from '#portal/billing-history/billing-table.tsx'
import { filterOf } from '#portal/billing-history/history-query.ts'
import { readOwnHistoryQuery } from '#portal/billing-history/own-history-query.ts'
import { portalPage } from '#portal/portal-page.ts'
import type { AppContext } from '#src/app-env.ts'
import { streamOf } from '#src/stream-of.ts'

/** Spreadsheets take a file for UTF-8 when it begins so. */
const BYTE_ORDER_MARK = '\uFEFF'

export async function exportCsv(c: AppContext) {
  const { ctx, customer } = c.var.visitor
  const { i18n } = portalPage(c)
  const filter = filterOf((await readOwnHistoryQuery(c)).asked, customer.customer_id, ctx.business.timezone)
  return c.body(streamOf(lines()), 200, {
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': 'attachment; filename="billing-history.csv"',
  })

  async function* lines() {
    yield BYTE_ORDER_MARK + csvLine(columns.map((column) => i18n.t(column)))
    for await (const entries of readHistory(ctx, filter)) {
      yield billingRows(entries)
        .map((row) => csvLine(cellsOf(i18n, row)))
        .join('')
    }
  }
}

const columns = [
  'portal.history.date',
  'portal.history.description',
  'portal.history.type',
  'portal.history.status',
  'portal.history.amount',
  'portal.history.currency',
  'portal.history.invoice',
] as const satisfies readonly MessageKey[]

function cellsOf(i18n: Translator, row: BillingRow): string[] {
  const amount = row.kind === 'payment' ? row.amount : -row.amount
  return [
    dayOf(row.created_at as Temporal.Instant, i18n.timeZone),
    asText(row.kind === 'payment' ? describePayment(i18n, row) : describeGiven(i18n, row)),
    i18n.t(`portal.price_type.${row.price_type}` satisfies MessageKey),
    i18n.t(statusOf(row)),
    toDecimal(amount, row.currency),
    row.currency,
    asText(row.credit_note?.number ?? row.invoice_number ?? ''),
  ]
}

function statusOf({ kind, status }: BillingRow): MessageKey {
  if (kind === 'credit') return 'portal.payment.credited'
  if (kind === 'payment') return `portal.payment.${status}` satisfies MessageKey
  return status === 'processing' ? 'portal.payment.refund_pending' : 'portal.payment.refunded'
}

const dayOf = (at: Temporal.Instant, timeZone: string) => at.toZonedDateTimeISO(timeZone).toPlainDate().toString()

/** A product may be called what a spreadsheet would calculate; and the marks that keep names apart on a page are no part of them. */
export function asText(text: string): string {
  const plain = text.replaceAll(/[\u200e\u200f\u2066-\u2069]/g, '')
  return /^[=+\-@\t\r]/.test(plain) ? `'${plain}` : plain
}

/** RFC 4180. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`
}
