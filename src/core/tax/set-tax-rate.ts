import { recordAudit } from '#core/audit/record-audit.ts'
import { owned } from '#core/scope.ts'
import type { TaxRateRow } from '#core/tax/queries.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { newId } from '#src/ids.ts'

export interface NewTaxRate {
  country: string
  region: string | null
  tax_category: TaxRateRow['tax_category']
  name: string
  /** Per cent, at most four decimals. */
  rate: number
  effective_from: Temporal.PlainDate
}

/** Writes a rate of the merchant's table; the same country, region, category and day replace what stood there. */
export async function setTaxRate(outer: BusinessCtx, input: NewTaxRate): Promise<TaxRateRow> {
  const rate = input.rate.toString()
  return inTransaction(outer, async (ctx) => {
    const row = await ctx.db
      .insertInto('tax_rates')
      .values({
        ...owned(ctx),
        tax_rate_id: newId('tax_rate', ctx.wall.now().epochMilliseconds),
        ...input,
        rate,
        region: input.region?.trim().toUpperCase() ?? null,
        created_at: ctx.wall.now(),
      })
      .onConflict((conflict) =>
        conflict
          .columns(['business_id', 'country', 'region', 'tax_category', 'effective_from'])
          .doUpdateSet({ name: input.name, rate }),
      )
      .returningAll()
      .executeTakeFirstOrThrow()
    await recordAudit(ctx, {
      action: 'tax_rate.set',
      resource_id: row.tax_rate_id,
      customer_id: null,
      details: { country: row.country, region: row.region, tax_category: row.tax_category, rate: Number(row.rate) },
    })
    return row
  })
}
