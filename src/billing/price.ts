// What a set of lines costs. Amounts in minor units; each line is rounded once and a total is the sum of its lines as shown.
import { type Ratio, scale } from './money.ts'

export interface PricedItem {
  quantity: number
  unit_price: number
}

const WHOLE: Ratio = { numerator: 1n, denominator: 1n }

/**
 * The amount of each line for a share of its period (a whole one by default).
 * Example: 3 × 10.00 for a whole period = 30.00; for half a period = 15.00.
 */
export function lineAmounts(items: readonly PricedItem[], share: Ratio = WHOLE): number[] {
  return items.map((item) => scale(item.quantity * item.unit_price, share))
}

/**
 * The share of a period that is left between two instants, exact.
 * Example: 15 of 30 days → 1/2.
 */
export function shareOf(
  part: { start: Temporal.Instant; end: Temporal.Instant },
  whole: { start: Temporal.Instant; end: Temporal.Instant },
): Ratio {
  return {
    numerator: part.end.epochNanoseconds - part.start.epochNanoseconds,
    denominator: whole.end.epochNanoseconds - whole.start.epochNanoseconds,
  }
}

/** A discounted unit price. Example: 10.00 with 1500 basis points off → 8.50. */
export function discounted(price: number, discountBps: number): number {
  return scale(price, { numerator: BigInt(10_000 - discountBps), denominator: 10_000n })
}
