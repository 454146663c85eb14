import { type Selectable, sql } from 'kysely'
import { isReverseCharge, type TaxRate, type TaxTableRow, taxRateOn } from '#billing/tax.ts'
import { from } from '#core/scope.ts'
import { together } from '#core/together/together.ts'
import type { DB, TaxCategory } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'

export type TaxRateRow = Selectable<DB['tax_rates']>

/** The merchant's table: by country, then region, category and day. */
export async function listTaxRates(ctx: BusinessCtx): Promise<TaxRateRow[]> {
  return from(ctx, 'tax_rates')
    .selectAll()
    .orderBy('country')
    .orderBy('region', (order) => order.nullsFirst())
    .orderBy('tax_category', (order) => order.nullsFirst())
    .orderBy('effective_from')
    .execute()
}

/** What tax law asks of a buyer; nothing is known before the country is. */
export interface TaxedBuyer {
  billing: { country: string; state: string | null } | null
  tax_id: string | null
}

export interface TaxRule {
  /** False before the country of the buyer is, where a tax may be due. */
  known: boolean
  reverse_charge: boolean
  rateOf(tax_category: TaxCategory): TaxRate | null
}

/** The tax on what this buyer gets from that instant on, by the business's table and calendar. */
export async function readTaxRule(ctx: BusinessCtx, buyer: TaxedBuyer, at: Temporal.Instant): Promise<TaxRule> {
  const { billing, tax_id } = buyer
  if (billing === null) return { known: !(await keepsTaxTable(ctx)), reverse_charge: false, rateOf: () => null }
  const { country, state: region } = billing
  if (isReverseCharge(ctx.business, { country, tax_id }) && (await keepsTaxTable(ctx))) {
    return REVERSE_CHARGE
  }
  const rows = await together(ctx, readRates, country)
  return ruleOf(ctx, rows, { country, region }, at)
}

async function readRates(ctx: BusinessCtx, countries: readonly string[]): Promise<TaxRateRow[][]> {
  const rates = await from(ctx, 'tax_rates')
    .selectAll()
    .where(sql<boolean>`country = any(${[...new Set(countries)]})`)
    .execute()
  const byCountry = Map.groupBy(rates, ({ country }) => country)
  return countries.map((country) => byCountry.get(country) ?? [])
}

/** The same by the whole table, where many rules are asked for. */
export function taxRuleFrom(
  ctx: BusinessCtx,
  rows: readonly TaxRateRow[],
  { billing, tax_id }: TaxedBuyer & { billing: { country: string; state: string | null } },
  at: Temporal.Instant,
): TaxRule {
  const { country, state: region } = billing
  if (rows.length > 0 && isReverseCharge(ctx.business, { country, tax_id })) return REVERSE_CHARGE
  return ruleOf(ctx, rows, { country, region }, at)
}

const REVERSE_CHARGE: TaxRule = { known: true, reverse_charge: true, rateOf: () => ({ rate: 0, name: null }) }

function ruleOf(
  ctx: BusinessCtx,
  rows: readonly TaxRateRow[],
  place: { country: string; region: string | null },
  at: Temporal.Instant,
): TaxRule {
  const table = rows.map((row): TaxTableRow => ({ ...row, rate: Number(row.rate) }))
  const day = at.toZonedDateTimeISO(ctx.business.timezone).toPlainDate()
  return { known: true, reverse_charge: false, rateOf: (category) => taxRateOn(table, place, category, day) }
}

/** A business without a table charges no tax and has nothing to say about it. */
async function keepsTaxTable(ctx: BusinessCtx): Promise<boolean> {
  return (await from(ctx, 'tax_rates').select('tax_rate_id').limit(1).executeTakeFirst()) !== undefined
}
