// The lines of every invoice, in the decided order: their prices, the discounts, the tax. Checkouts, renewals and plan changes all ask
// this. Amounts are minor units.
import { type DiscountTerms, splitOver, takeDiscounts } from './discount.ts'
import { type Ratio, scale, sum } from './money.ts'
import { type TaxRate, taxOnTop, taxWithin } from './tax.ts'

export interface LineToPrice {
  /** Of a whole period, before discounts. */
  amount: number
  /** The product it is, or belongs to. */
  sold_with: string
  tax_inclusive: boolean
  /** Null where no rate is known for it. */
  tax: TaxRate | null
  /** The part of a period it is for; a whole one where it is not said. */
  share?: Ratio
  /** No discount is taken of it. */
  undiscounted?: boolean
}

/** What was or will be charged for a line, and the tax in it. */
export interface TaxedAmount {
  /** With tax, inclusive or not. */
  gross: number
  tax: number
  tax_rate: number | null
  tax_name: string | null
  tax_inclusive: boolean
}

export interface LinePrice extends TaxedAmount {
  /** What each discount took, in their order. */
  discounts: number[]
  /** Their sum. */
  discount: number
  /** After discounts, before exclusive tax; contains inclusive tax. */
  amount: number
}

/** The sums of the lines as shown. */
export interface LineTotals {
  subtotal: number
  tax: number
  /** The exclusive part of the tax: total = subtotal + tax_added. */
  tax_added: number
  total: number
}

export interface PricedLines {
  lines: LinePrice[]
  /** What each discount took of all lines, in their order. */
  discounts: number[]
  totals: LineTotals
}

const WHOLE: Ratio = { numerator: 1n, denominator: 1n }

/**
 * Prices lines: discounts in order, then tax for each rate on the discounted sum, split over its lines; a line for a part of a period
 * is that part of what the whole one would cost, so that flat discounts shrink with it.
 * Example: 80.00 less 50 %, 19 % exclusive, for half a period: 20.00 + 3.80; 9.99 with 19 % inclusive: 9.99, of which 1.60 are tax.
 */
export function priceLines(lines: readonly LineToPrice[], discounts: readonly DiscountTerms[]): PricedLines {
  const open = lines.map((line) => (line.undiscounted ? { ...line, amount: 0 } : line))
  const taken = takeDiscounts(open, discounts)
  const off = lines.map((_, index) => taken.map((parts) => parts[index] ?? 0))
  const shares = lines.map(({ share = WHOLE }) => share)
  return assemble(takeShares(addTax(lines, off), shares), off, shares)
}

/** A part of priced lines; rounded once for each line. */
export function partOf({ lines }: PricedLines, share: Ratio): PricedLines {
  const off = lines.map(({ discounts }) => discounts)
  return assemble(
    takeShare(lines, share),
    off,
    lines.map(() => share),
  )
}

/**
 * A part of what was charged, with the tax in it: the gross amount is cut and rounded once, the tax is taken out of it again, for each
 * rate on the sum. Example: half of 119.00 with 19.00 of tax → 59.50 with 9.50.
 */
export function takeShare(lines: readonly TaxedAmount[], share: Ratio): TaxedAmount[] {
  return takeShares(
    lines,
    lines.map(() => share),
  )
}

/** What is printed before exclusive tax. */
export function netOf({ gross, tax, tax_inclusive }: TaxedAmount): number {
  return tax_inclusive ? gross : gross - tax
}

export function totalsOf(lines: readonly (TaxedAmount & { amount: number })[]): LineTotals {
  const total = sum(lines.map(({ gross }) => gross))
  const subtotal = sum(lines.map(({ amount }) => amount))
  return { subtotal, tax: sum(lines.map(({ tax }) => tax)), tax_added: total - subtotal, total }
}

function assemble(
  parts: readonly TaxedAmount[],
  off: readonly (readonly number[])[],
  shares: readonly Ratio[],
): PricedLines {
  const lines = parts.map((part, index) => {
    const discounts = (off[index] ?? []).map((amount) => scale(amount, shares[index] ?? WHOLE))
    return { ...part, discounts, discount: sum(discounts), amount: netOf(part) }
  })
  const [first] = lines
  const discounts = (first?.discounts ?? []).map((_, at) => sum(lines.map((line) => line.discounts[at] ?? 0)))
  return { lines, discounts, totals: totalsOf(lines) }
}

function addTax(lines: readonly LineToPrice[], off: readonly (readonly number[])[]): TaxedAmount[] {
  const left = lines.map(({ amount }, index) => amount - sum(off[index] ?? []))
  const taxes = taxByRate(
    left,
    lines.map(({ tax, tax_inclusive }) => ({ rate: tax?.rate ?? null, inside: tax_inclusive })),
  )
  return lines.map(({ tax, tax_inclusive }, index) => {
    const amount = left[index] ?? 0
    const due = taxes[index] ?? 0
    const gross = tax_inclusive ? amount : amount + due
    return { gross, tax: due, tax_rate: tax?.rate ?? null, tax_name: tax?.name ?? null, tax_inclusive }
  })
}

/** Whole lines keep the tax they were charged with. */
function takeShares(lines: readonly TaxedAmount[], shares: readonly Ratio[]): TaxedAmount[] {
  const gross = lines.map((line, index) => scale(line.gross, shares[index] ?? WHOLE))
  const cut = lines.map((_, index) => isPart(shares[index] ?? WHOLE))
  const taxes = taxByRate(
    gross,
    lines.map(({ tax_rate }, index) => ({ rate: cut[index] ? tax_rate : null, inside: true })),
  )
  return lines.map(({ tax, tax_rate, tax_name, tax_inclusive }, index) => ({
    gross: gross[index] ?? 0,
    tax: cut[index] ? (taxes[index] ?? 0) : tax,
    tax_rate,
    tax_name,
    tax_inclusive,
  }))
}

function isPart({ numerator, denominator }: Ratio): boolean {
  return numerator !== denominator
}

/** One tax for each rate on the sum of its amounts, split over them by largest remainder. */
function taxByRate(amounts: readonly number[], kinds: readonly { rate: number | null; inside: boolean }[]): number[] {
  const taxes = amounts.map(() => 0)
  for (const key of new Set(kinds.map(keyOf))) {
    const members = kinds.flatMap((kind, index) => (keyOf(kind) === key ? [{ ...kind, index }] : []))
    const [{ rate, inside } = { rate: null, inside: false }] = members
    if (rate === null) continue
    const weights = members.map(({ index }) => amounts[index] ?? 0)
    const base = sum(weights)
    const parts = splitOver(inside ? taxWithin(base, rate) : taxOnTop(base, rate), weights)
    for (const [at, { index }] of members.entries()) taxes[index] = parts[at] ?? 0
  }
  return taxes
}

function keyOf({ rate, inside }: { rate: number | null; inside: boolean }): string {
  return `${rate}${inside}`
}
