// What discounts take of lines: in order, each of what the ones before it left, never below 0.
import { scale, split, sum } from './money.ts'

export type DiscountTerms = {
  /** Only lines sold with one of these products; none named means all. */
  product_ids: readonly string[]
} & (
  | { type: 'percentage'; basis_points: number /** Minor units at most. */; max_amount: number | null }
  | { type: 'flat' /** Minor units of a whole period. */; amount: number }
)

export interface DiscountableLine {
  /** Minor units of a whole period. */
  amount: number
  /** The product it is, or belongs to. */
  sold_with: string
}

/**
 * What each discount takes of each line. One amount is computed for all lines it is for, and split over them by largest remainder.
 * Example: 50 %, then 4.00, on lines of 10.00 and 20.00: 5.00 + 10.00, then 1.33 + 2.67.
 */
export function takeDiscounts(lines: readonly DiscountableLine[], discounts: readonly DiscountTerms[]): number[][] {
  let left = lines.map(({ amount }) => amount)
  return discounts.map((terms) => {
    const eligible = left.map((amount, index) => (covers(terms, lines[index]) ? amount : 0))
    const taken = splitOver(amountOf(terms, sum(eligible)), eligible)
    left = left.map((amount, index) => amount - (taken[index] ?? 0))
    return taken
  })
}

/** Whether a discount is for what is sold with this product. */
export function isFor({ product_ids }: Pick<DiscountTerms, 'product_ids'>, product_id: string): boolean {
  return product_ids.length === 0 || product_ids.includes(product_id)
}

/** A split that gives nothing where there is nothing to split. */
export function splitOver(amount: number, weights: readonly number[]): number[] {
  return amount === 0 || weights.every((weight) => weight === 0) ? weights.map(() => 0) : split(amount, weights)
}

function covers(terms: DiscountTerms, line: DiscountableLine | undefined): boolean {
  return line !== undefined && isFor(terms, line.sold_with)
}

function amountOf(terms: DiscountTerms, of: number): number {
  if (terms.type === 'flat') return Math.min(terms.amount, of)
  const part = scale(of, { numerator: BigInt(terms.basis_points), denominator: 10_000n })
  return Math.min(part, of, terms.max_amount ?? part)
}
