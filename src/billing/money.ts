// Amounts are integers of the currency's minor unit. Exponents are ISO 4217's, from this table and never from Intl,
// which differs in 16 currencies. The API counts MGA as 0.

const EXPONENT_0 = 'BIF CLP DJF GNF ISK JPY KMF KRW MGA PYG RWF UGX UYI VND VUV XAF XOF XPF'
const EXPONENT_3 = 'BHD IQD JOD KWD LYD OMR TND'
const EXPONENT_4 = 'CLF UYW'

const exponents = new Map<string, number>([
  ...EXPONENT_0.split(' ').map((code) => [code, 0] as const),
  ...EXPONENT_3.split(' ').map((code) => [code, 3] as const),
  ...EXPONENT_4.split(' ').map((code) => [code, 4] as const),
])

/** The largest amount the API accepts, in minor units: 10^12. */
export const MAX_AMOUNT = 1_000_000_000_000

/** Digits after the decimal point: JPY 0, USD 2, KWD 3. */
export function exponentOf(currency: string): number {
  return exponents.get(currency) ?? 2
}

/** An exact fraction of two integers; the denominator is positive. */
export interface Ratio {
  numerator: bigint
  denominator: bigint
}

/**
 * amount × ratio, rounded half away from zero, once.
 * Example: 8000 × 15/30 = 4000; 333 × 1/2 = 167; −333 × 1/2 = −167.
 */
export function scale(amount: number, { numerator, denominator }: Ratio): number {
  if (denominator <= 0n) throw new RangeError('a ratio needs a positive denominator')
  const product = BigInt(amount) * numerator
  const magnitude = product < 0n ? -product : product
  const rounded = (magnitude * 2n + denominator) / (denominator * 2n)
  return toAmount(product < 0n ? -rounded : rounded)
}

/**
 * Splits an amount over weights by largest remainder, so that the parts sum to the amount exactly.
 * Example: split(100, [1, 1, 1]) = [34, 33, 33].
 */
export function split(amount: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + BigInt(weight), 0n)
  if (total <= 0n) throw new RangeError('a split needs a positive weight')
  const sign = amount < 0 ? -1n : 1n
  const magnitude = BigInt(Math.abs(amount))
  const parts = weights.map((weight, index) => {
    const product = magnitude * BigInt(weight)
    return { index, floor: product / total, remainder: product % total }
  })
  let left = magnitude - parts.reduce((sum, part) => sum + part.floor, 0n)
  const byRemainder = [...parts].sort((a, b) => compare(b.remainder, a.remainder) || a.index - b.index)
  for (const part of byRemainder) {
    if (left === 0n) break
    part.floor += 1n
    left -= 1n
  }
  return parts.map((part) => toAmount(sign * part.floor))
}

/** The sum of amounts; throws a RangeError where it leaves the safe integers. */
export function sum(amounts: readonly number[]): number {
  return toAmount(amounts.reduce((total, amount) => total + BigInt(amount), 0n))
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function toAmount(value: bigint): number {
  const amount = Number(value)
  if (!Number.isSafeInteger(amount)) throw new RangeError('the amount is too large')
  return amount
}

/** An amount in whole units, as spreadsheets read it. Example: −1,250 cents → "-12.50"; 1,250 yen → "1250". */
export function toDecimal(amount: number, currency: string): string {
  const digits = exponentOf(currency)
  const figures = String(Math.abs(amount)).padStart(digits + 1, '0')
  const whole = figures.slice(0, figures.length - digits)
  const sign = amount < 0 ? '-' : ''
  return digits === 0 ? `${sign}${whole}` : `${sign}${whole}.${figures.slice(-digits)}`
}
