// Units of usage and their prices are decimals, exact to twelve places: a bigint of 10⁻¹² steps. No floating-point number touches them.

/** In steps of 10⁻¹². */
export type Decimal = bigint

const PLACES = 12
export const ONE: Decimal = 10n ** BigInt(PLACES)

const NUMBER = /^([+-]?)(\d{1,15})(?:\.(\d{1,12}))?$/

/**
 * What a text says, at most 15 digits before the point and 12 behind it; undefined where it is no such number.
 * Example: '0.0025' → 2_500_000_000 steps; '1e3' → undefined.
 */
export function findDecimal(text: string): Decimal | undefined {
  const [, sign, whole = '', places = ''] = NUMBER.exec(text) ?? []
  if (sign === undefined) return undefined
  const steps = BigInt(whole) * ONE + BigInt(places.padEnd(PLACES, '0'))
  return sign === '-' ? -steps : steps
}

/**
 * A decimal we wrote ourselves, of any length; throws where it is none.
 * Example: '1000000.5' → 1_000_000_500_000_000_000 steps.
 */
export function parseDecimal(text: string): Decimal {
  const [, sign, whole = '', places = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? []
  if (sign === undefined || /[1-9]/.test(places.slice(PLACES))) throw new RangeError(`${text} is not a decimal`)
  const steps = BigInt(whole) * ONE + BigInt(places.slice(0, PLACES).padEnd(PLACES, '0'))
  return sign === '-' ? -steps : steps
}

/** The shortest text. Example: 2_500_000_000 steps → '0.0025'; 3 × 10¹² steps → '3'. */
export function formatDecimal(steps: Decimal): string {
  const digits = (steps < 0n ? -steps : steps).toString().padStart(PLACES + 1, '0')
  const places = digits.slice(-PLACES).replace(/0+$/, '')
  return `${steps < 0n ? '-' : ''}${digits.slice(0, -PLACES)}${places === '' ? '' : `.${places}`}`
}

/** The smaller of two; Math.min takes no bigints. */
export function least(a: Decimal, b: Decimal): Decimal {
  return a <= b ? a : b
}

/** The larger of two. */
export function most(a: Decimal, b: Decimal): Decimal {
  return a >= b ? a : b
}
