// Amounts too small for the processor to charge leave their invoice by a line of their own and enter the next one by another.
import type { OwnFunds } from './credit.ts'
import { sum } from './money.ts'

/** An amount with its tax at one rate, in minor units. Where tax is inclusive the amount holds it. */
export interface RatedAmount {
  amount: number
  tax: number
  /** Per cent; null where no tax was computed. */
  tax_rate: string | null
  tax_inclusive: boolean
}

/**
 * Whether what is owed later than at a first purchase has to wait for the next invoice: the method cannot be charged so little, and
 * credit and wallet do not pay all of it.
 * Example: 0.30 where 0.50 is the least → waits; with 0.30 in the wallet → does not; 0.50 → does not.
 */
export function isTooSmall(total: number, { credit, wallet }: OwnFunds, minimum: number): boolean {
  return total > 0 && total < minimum && credit + wallet < total
}

/**
 * What lines add up to, rate by rate, with inclusive and exclusive tax apart.
 * Example: 0.20 and 0.10 at 19 % with 0.04 and 0.02 of tax → 0.30 with 0.06 at 19 %.
 */
export function byRate(lines: readonly RatedAmount[]): RatedAmount[] {
  const kindOf = ({ tax_rate, tax_inclusive }: RatedAmount) => `${tax_rate} ${tax_inclusive}`
  return [...new Map(lines.map((line) => [kindOf(line), line])).values()]
    .map((kind) => {
      const same = lines.filter((line) => kindOf(line) === kindOf(kind))
      const { tax_rate, tax_inclusive } = kind
      const sums = { amount: sum(same.map(({ amount }) => amount)), tax: sum(same.map(({ tax }) => tax)) }
      return { ...sums, tax_rate, tax_inclusive }
    })
    .filter(({ amount, tax }) => amount !== 0 || tax !== 0)
}

/**
 * The same amount on an invoice that states tax the other way.
 * Example: 0.25 plus 0.05 of tax ↔ 0.30 with 0.05 of tax in it.
 */
export function stated<Amount extends RatedAmount>(carried: Amount, inclusive: boolean) {
  const { amount, tax, tax_inclusive } = carried
  if (tax_inclusive === inclusive) return carried
  return { ...carried, tax_inclusive: inclusive, amount: inclusive ? amount + tax : amount - tax }
}
