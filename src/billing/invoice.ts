// What an invoice says, frozen as JSON when the invoice is numbered. The PDF draws it in any language; nothing in it changes later.

export interface InvoiceParty {
  name: string
  legal_name: string | null
  /** Postal lines as they should be printed, without the country. */
  address: string[]
  /** ISO 3166-1 alpha-2. */
  country: string | null
  tax_id: string | null
  email: string | null
}

export interface InvoiceLine {
  /** Takes an amount too small to be charged out of this invoice, or brings one into it. */
  carried?: 'in' | 'out'
  description: string
  quantity: number
  /** Minor units. */
  unit_price: number
  /** quantity × unit_price for the line's share of a period, after discounts, before exclusive tax; negative where it is given back. */
  amount: number
  tax: number
  /** Per cent, e.g. 8.25; null where no tax was computed. */
  tax_rate: number | null
  tax_inclusive: boolean
  /** What the discounts took of it. */
  discount: number
  /** RFC 3339, half-open; null for one-time purchases. */
  period_start: string | null
  period_end: string | null
}

export interface InvoiceTax {
  name: string | null
  /** Per cent. */
  rate: number
  inclusive: boolean
  /** Minor units before this tax. */
  net: number
  tax: number
}

export interface InvoiceDocument {
  number: string
  /** RFC 3339. */
  issued_at: string
  /** IANA name in which the dates are printed. */
  time_zone: string
  /** ISO 4217. */
  currency: string
  business: InvoiceParty
  customer: InvoiceParty
  lines: InvoiceLine[]
  subtotal: number
  tax: number
  tax_inclusive: boolean
  total: number
  /** Each tax once: its name, its rate, the tax, and the amounts it was computed from. */
  taxes: InvoiceTax[]
  /** What each code took of all lines, in the order they applied. */
  discounts: { code: string; amount: number }[]
  /** The buyer accounts for the tax: the law wants it said. */
  reverse_charge: boolean
  /** The part of the total that the subscription's credit paid; minor units. */
  credit_applied: number
  /** The part that the customer's wallet paid. */
  wallet_applied: number
  payment: {
    payment_id: string
    paid_at: string
    /** "Visa •••• 4242", "mara@upi"; null where nothing had to be paid. */
    method: string | null
  }
  /** RFC 3339; null for one-time purchases. */
  next_billing_date: string | null
}

/**
 * The taxes of lines, each rate once. Example: 10.00 + 1.90 and 20.00 + 3.80, both at 19 % → one of 5.70 on 30.00.
 */
export function taxesOf(
  lines: readonly (Pick<InvoiceLine, 'amount' | 'tax' | 'tax_rate' | 'tax_inclusive'> & { tax_name: string | null })[],
): InvoiceTax[] {
  const taxes = new Map<string, InvoiceTax>()
  // What was carried over from an earlier invoice no longer knows the name of its tax.
  const named = new Map(lines.map(({ tax_rate, tax_name }) => [tax_name === null ? null : tax_rate, tax_name]))
  for (const { tax_rate: rate, tax_inclusive: inclusive, amount, tax, ...line } of lines) {
    if (rate === null) continue
    const name = line.tax_name ?? named.get(rate) ?? null
    const key = JSON.stringify([name, rate, inclusive])
    const before = taxes.get(key) ?? { name, rate, inclusive, net: 0, tax: 0 }
    const net = inclusive ? amount - tax : amount
    taxes.set(key, { ...before, net: before.net + net, tax: before.tax + tax })
  }
  return [...taxes.values()]
}

/** An invoice from before there were discounts and taxes says nothing of them. */
export type StoredInvoice = Omit<InvoiceDocument, 'lines' | Later> &
  Partial<Pick<InvoiceDocument, Later>> & {
    lines: (Omit<InvoiceLine, LaterOfLine> & Partial<Pick<InvoiceLine, LaterOfLine>>)[]
  }
type Later = 'credit_applied' | 'wallet_applied' | 'taxes' | 'discounts' | 'reverse_charge'
type LaterOfLine = 'tax_inclusive' | 'discount'

/** A stored invoice, whatever the version that wrote it. */
export function readInvoice(stored: StoredInvoice): InvoiceDocument {
  const { tax_inclusive } = stored
  const nothing = { credit_applied: 0, wallet_applied: 0, taxes: [], discounts: [], reverse_charge: false }
  const lines = stored.lines.map((line) => ({ tax_inclusive, discount: 0, ...line }))
  return { ...nothing, ...stored, lines }
}
