// What a trial costs that is not free. Amounts are minor units.
import { scale } from './money.ts'

/**
 * What a trial costs where the plan has another price: the same part of it, or the same where the plan itself is free.
 * Example: 1.00 of 29.00 a month, sold at 27.00 elsewhere → 0.93.
 */
export function trialAmountAt(trial_amount: number, price: number, otherPrice: number): number {
  if (price === 0) return trial_amount
  return scale(trial_amount, { numerator: BigInt(otherPrice), denominator: BigInt(price) })
}

/** What one of several units came to. Example: 5.00 for three seats → 1.67. */
export function eachOf(amount: number, quantity: number): number {
  return scale(amount, { numerator: 1n, denominator: BigInt(quantity) })
}
