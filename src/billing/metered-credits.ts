// Usage that is paid by credits: how many credits its units are.
import { type Decimal, ONE } from './decimal.ts'

/**
 * So many units are one credit. While the time goes on only credits that are used up whole count, in the places the entitlement keeps;
 * at its end the rest is rounded, half away from zero.
 * Example: 1,049 units at 100 for a credit, in whole credits → 10 so far; 10 at the end, and of 1,050 it were 11.
 */
export function creditsFor(
  units: Decimal,
  units_per_credit: Decimal,
  { precision, ended }: { precision: number; ended: boolean },
): Decimal {
  const step = ONE / 10n ** BigInt(precision)
  const numerator = units * ONE
  const denominator = units_per_credit * step
  const steps = ended ? (2n * numerator + denominator) / (2n * denominator) : numerator / denominator
  return steps * step
}
