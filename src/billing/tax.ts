// Which tax is due on what is sold to whom, and how much of it is in an amount.
import { type Ratio, scale } from './money.ts'
import { hasTaxIdForm, isInEuropeanUnion } from './tax-id.ts'

/** Per cent with at most four decimals. */
export interface TaxRate {
  rate: number
  /** As the invoice calls it: "VAT". */
  name: string | null
}

/** A row of the merchant's table; null stands for all. */
export interface TaxTableRow {
  country: string
  region: string | null
  tax_category: string | null
  name: string
  rate: number
  effective_from: Temporal.PlainDate
}

export interface TaxPlace {
  country: string
  region: string | null
}

/**
 * The rate of a kind of good in a place on a day: of the rows that fit, the one for the region goes before the one for the category,
 * and both before the country's; of the same one, the latest that is in effect. Null where no row fits.
 * Example: DE 19 from 2021, DE e_book 7 from 2021 → a book in Germany 7, all else 19.
 */
export function taxRateOn(
  rows: readonly TaxTableRow[],
  place: TaxPlace,
  tax_category: string,
  day: Temporal.PlainDate,
): TaxRate | null {
  const region = place.region?.trim().toUpperCase() ?? null
  const [best] = rows
    .filter((row) => row.country === place.country && (row.region === null || row.region === region))
    .filter((row) => row.tax_category === null || row.tax_category === tax_category)
    .filter((row) => Temporal.PlainDate.compare(row.effective_from, day) <= 0)
    .toSorted((a, b) => rankOf(b) - rankOf(a) || Temporal.PlainDate.compare(b.effective_from, a.effective_from))
  return best === undefined ? null : { rate: best.rate, name: best.name }
}

function rankOf({ region, tax_category }: TaxTableRow): number {
  return (region === null ? 0 : 2) + (tax_category === null ? 0 : 1)
}

/**
 * Whether the buyer accounts for the tax: a business with a VAT id of its own country, in another country of the European Union than
 * the seller. Example: a seller in DE, a buyer in FR with FR12345678901 → true; a buyer in DE, or without an id → false.
 */
export function isReverseCharge(
  seller: { country: string | null },
  buyer: { country: string; tax_id: string | null },
): boolean {
  if (seller.country === null || buyer.tax_id === null || seller.country === buyer.country) return false
  if (!isInEuropeanUnion(seller.country) || !isInEuropeanUnion(buyer.country)) return false
  return hasTaxIdForm(buyer.country, buyer.tax_id)
}

/** The tax to add to a net amount. Example: 30.00 at 19 % → 5.70. */
export function taxOnTop(net: number, rate: number): number {
  return scale(net, ratioOf(rate, 0n))
}

/** The tax inside a gross amount: gross × rate ÷ (100 + rate). Example: 9.99 at 19 % → 1.60, which leaves 8.39. */
export function taxWithin(gross: number, rate: number): number {
  return scale(gross, ratioOf(rate, HUNDRED))
}

/** A rate in ten thousandths of a per cent is a whole number. */
const UNIT = 10_000
const HUNDRED = 100n * BigInt(UNIT)

function ratioOf(rate: number, inside: bigint): Ratio {
  const units = BigInt(Math.round(rate * UNIT))
  return { numerator: units, denominator: HUNDRED + (inside === 0n ? 0n : units) }
}
