// What is given back when a period ends before its time. Amounts are minor units, with tax.
import { type Ratio, scale, sum } from './money.ts'

/** A payment of the running period. */
export interface PaidPart {
  /** What may still go back to the payment method. */
  refundable: number
  /** What may still go back to the wallet that paid beside it. */
  wallet: number
  /** What credit that was paid for paid beside them. */
  credit: number
}

export interface UnusedTime {
  /** Of each part, in their order: to its method, to the wallet that paid beside it, and to the wallet in place of credit. */
  parts: { to_method: number; to_wallet: number; for_credit: number }[]
}

/**
 * Σ V × r: from the newest payment first, at most what the method paid of each; what is left goes to the wallet, as far as own money
 * paid for it. What the merchant gave is not given back. `parts` come newest first.
 * Example: Pro, worth 80.00, a third of it left: 26.67. Paid 25.00 for the upgrade and 15.00 left of the 30.00 before it: 25.00 and 1.67.
 */
export function planUnusedTime(values: readonly number[], left: Ratio, parts: readonly PaidPart[]): UnusedTime {
  let rest = sum(values.map((value) => scale(value, left)))
  const take = (available: number) => {
    const amount = Math.min(rest, available)
    rest -= amount
    return amount
  }
  const methods = parts.map(({ refundable }) => take(refundable))
  const wallets = parts.map(({ wallet }) => take(wallet))
  const credits = parts.map(({ credit }) => take(credit))
  return {
    parts: parts.map((_, index) => ({
      to_method: methods[index] ?? 0,
      to_wallet: wallets[index] ?? 0,
      for_credit: credits[index] ?? 0,
    })),
  }
}
