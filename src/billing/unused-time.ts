// What is given back when a period ends before its time. Amounts are minor units, with tax.
import { type Ratio, scale, sum } from './money.ts'

/** A payment of the running period. */
export interface PaidPart {
  /** What may still go back to the payment method. */
  refundable: number
  /** What the wallet, and credit that was paid for, paid beside it. */
  own_funds: number
}

export interface UnusedTime {
  /** Of each part, in their order. */
  refunds: number[]
  to_wallet: number
}

/**
 * Σ V × r: from the newest payment first, at most what the method paid of each; what is left goes to the wallet, as far as own money
 * paid for it. What the merchant gave is not given back. `parts` come newest first.
 * Example: Pro, worth 80.00, a third of it left: 26.67. Paid 25.00 for the upgrade and 15.00 left of the 30.00 before it: 25.00 and 1.67.
 */
export function planUnusedTime(values: readonly number[], left: Ratio, parts: readonly PaidPart[]): UnusedTime {
  let rest = sum(values.map((value) => scale(value, left)))
  const refunds = parts.map(({ refundable }) => {
    const amount = Math.min(rest, refundable)
    rest -= amount
    return amount
  })
  return { refunds, to_wallet: Math.min(rest, sum(parts.map(({ own_funds }) => own_funds))) }
}
