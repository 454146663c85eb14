// The lines of a plan change: what is given back of the old plan, and what the new one costs.
import type { DiscountTerms } from './discount.ts'
import type { Ratio } from './money.ts'
import type { PricedItem } from './price.ts'
import { netOf, type PricedLines, priceLines, type TaxedAmount, takeShare } from './price-lines.ts'
import type { TaxRate } from './tax.ts'

/** What was really charged for one line of the whole running period, less what was given back of it. */
export interface PeriodValue extends TaxedAmount {
  description: string
  quantity: number
}

export interface ChangeItem extends PricedItem {
  description: string
  /** The product it is, or belongs to. */
  sold_with: string
  tax_inclusive: boolean
  tax: TaxRate | null
}

export interface ChangeLine extends TaxedAmount {
  kind: 'credit' | 'charge'
  description: string
  quantity: number
  /** Of a whole period, negative in a credit: quantity × unit_price × share, less the discount, is the amount. */
  unit_price: number
  /** The part of a period this line is for. */
  share: Ratio
  discount: number
  /** After discounts, before exclusive tax. */
  amount: number
}

export interface PricedPlan {
  items: readonly ChangeItem[]
  discounts: readonly DiscountTerms[]
}

/** What the running period would cost in the new plan. */
export function wholePrice({ items, discounts }: PricedPlan, share: Ratio): PricedLines {
  return priceLines(
    items.map((item) => ({ ...item, amount: item.quantity * item.unit_price, share })),
    discounts,
  )
}

/** What was charged, given back at the rate it was charged with. */
export function creditLines(values: readonly PeriodValue[], share: Ratio): ChangeLine[] {
  return takeShare(values, share).flatMap((part, index): ChangeLine[] => {
    const value = values[index]
    if (value === undefined) return []
    const whole = netOf(value)
    const even = whole % value.quantity === 0
    const units = even
      ? { quantity: value.quantity, unit_price: 0 - whole / value.quantity }
      : { quantity: 1, unit_price: 0 - whole }
    const { tax_rate, tax_name, tax_inclusive } = part
    const how = { kind: 'credit' as const, description: value.description, share, discount: 0 }
    const money = { amount: 0 - netOf(part), gross: 0 - part.gross, tax: 0 - part.tax }
    return [{ ...how, ...units, ...money, tax_rate, tax_name, tax_inclusive }]
  })
}

export function valuesOf(items: readonly ChangeItem[], { lines }: PricedLines): PeriodValue[] {
  return items.flatMap(({ description, quantity }, index) => {
    const line = lines[index]
    if (line === undefined) return []
    const { gross, tax, tax_rate, tax_name, tax_inclusive } = line
    return [{ description, quantity, gross, tax, tax_rate, tax_name, tax_inclusive }]
  })
}

export function chargeLines(items: readonly ChangeItem[], { lines }: PricedLines, share: Ratio): ChangeLine[] {
  return items.flatMap(({ description, quantity, unit_price }, index): ChangeLine[] => {
    const line = lines[index]
    if (line === undefined) return []
    const { discounts: _, ...price } = line
    return [{ kind: 'charge', description, quantity, unit_price, share, ...price }]
  })
}
