// What a credit note says: what was given back of an invoice, line by line, at the rates it was charged with.
import { type InvoiceDocument, type InvoiceLine, taxesOf } from './invoice.ts'
import { scale, split, sum } from './money.ts'

/** The invoice that a later document belongs to. */
export interface OriginalInvoice {
  number: string
  /** RFC 3339. */
  issued_at: string
}

export interface CreditNoteDocument extends InvoiceDocument {
  original: OriginalInvoice
  /** Where the money went. `credit`: it pays the subscription's next invoices; `wallet`: it had been paid with such credit. */
  given_to: { type: 'refund'; refund_id: string; wallet_amount: number } | { type: 'credit' } | { type: 'wallet' }
  /** In the merchant's words. */
  reason: string | null
}

/** The details of an invoice as they should have been; its amounts are the invoice's. */
export interface CorrectionDocument extends InvoiceDocument {
  original: OriginalInvoice
  /** The address field by field, for whoever corrects it again; absent where it was not corrected. */
  billing?: {
    street: string | null
    city: string | null
    state: string | null
    zipcode: string | null
    country: string | null
  }
}

/** What is owed and not paid yet: no invoice, and no number. */
export interface StatementDocument extends Omit<InvoiceDocument, 'number' | 'payment' | 'next_billing_date'> {
  dues_id: string
  /** The total less what credit and wallet will pay of it; minor units. */
  due: number
}

/** What is given back of one line, with its tax, in minor units; negative where a new plan took some of it again. */
export interface CreditedLine {
  /** As it was invoiced. */
  line: InvoiceLine & { tax_name: string | null }
  amount: number
  tax: number
}

/**
 * The lines of a credit note and their sums. A line that goes back whole keeps its quantity; a part of one counts as one.
 * Example: 11.90 with 1.90 of tax, of 3 × 10.00 at 19 % before tax → one line of 10.00, tax 1.90, total 11.90.
 */
export function creditNoteLines(
  credited: readonly CreditedLine[],
): Pick<InvoiceDocument, 'lines' | 'subtotal' | 'tax' | 'total' | 'taxes'> {
  const lines = credited.map(({ line, amount: gross, tax }) => {
    const amount = line.tax_inclusive ? gross : gross - tax
    const whole = amount === line.amount && line.discount === 0
    return { ...line, amount, tax, discount: 0, ...(whole ? {} : { quantity: 1, unit_price: amount }) }
  })
  return {
    lines: lines.map(({ tax_name: _, ...line }) => line),
    taxes: taxesOf(lines),
    subtotal: sum(lines.map(({ amount }) => amount)),
    tax: sum(lines.map(({ tax }) => tax)),
    total: sum(credited.map(({ amount }) => amount)),
  }
}

/**
 * What a change of plan gives back, without what is a gift of the merchant: all its lines, or where there is a gift the old plan's alone.
 * Example: −40.00 and 10.00 → 40.00 and −10.00; −80.00 and 20.00 with a gift of 20.00 → 40.00.
 */
export function creditOfChange<Line extends { gross: number; tax: number }>(
  lines: readonly Line[],
  gift: number,
): { line: Line; amount: number; tax: number }[] {
  const turned = (line: Line) => ({ line, amount: 0 - line.gross, tax: 0 - line.tax })
  if (gift === 0) return lines.map(turned)
  const old = lines.filter(({ gross }) => gross < 0)
  const credit = 0 - sum(lines.map(({ gross }) => gross)) - gift
  if (old.length === 0 || credit <= 0) return []
  const amounts = split(
    credit,
    old.map((line) => 0 - line.gross),
  )
  return old.map((line, index) => {
    const amount = amounts[index] ?? 0
    return {
      line,
      amount,
      tax: scale(amount, { numerator: BigInt(0 - line.tax), denominator: BigInt(0 - line.gross) }),
    }
  })
}

/**
 * An amount of a whole invoice, over what it charged, with the tax in it.
 * Example: 12.00 of lines of 30.00 and 10.00 → 9.00 and 3.00.
 */
export function spreadOverLines(invoiced: readonly CreditedLine['line'][], amount: number): CreditedLine[] {
  const gross = invoiced.map(({ amount: net, tax, tax_inclusive }) => Math.max(0, tax_inclusive ? net : net + tax))
  if (sum(gross) === 0) return []
  const parts = split(amount, gross)
  return invoiced.flatMap((line, index) => {
    const [part = 0, whole = 0] = [parts[index], gross[index]]
    if (part === 0) return []
    const tax = scale(part, { numerator: BigInt(line.tax), denominator: BigInt(whole) })
    return [{ line, amount: part, tax }]
  })
}
