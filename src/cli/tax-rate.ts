import type { TaxRateRow } from '#core/tax/queries.ts'

/** A row of the tax table for a person and for --json. */
export function describeTaxRate(row: TaxRateRow) {
  const { tax_rate_id, country, region, tax_category, name } = row
  const rate = Number(row.rate)
  const effective_from = row.effective_from.toString()
  const place = region === null ? country : `${country}-${region}`
  const what = tax_category === null ? '' : ` on ${tax_category}`
  const text = `${tax_rate_id}  ${place}: ${name} ${rate} %${what}, from ${effective_from}`
  return { data: { tax_rate_id, country, region, tax_category, name, rate, effective_from }, text }
}
