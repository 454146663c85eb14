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
  /** RFC 3339, half-open; null for one-time purchases. */
  period_start: string | null
  period_end: string | null
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
