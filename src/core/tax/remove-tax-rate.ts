import { recordAudit } from '#core/audit/record-audit.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

/** Later invoices do not know it any more; issued ones keep what they say. */
export async function removeTaxRate(outer: BusinessCtx, tax_rate_id: string): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    const { numDeletedRows } = await ctx.db
      .deleteFrom('tax_rates')
      .where('business_id', '=', ctx.business.business_id)
      .where('tax_rate_id', '=', tax_rate_id)
      .executeTakeFirst()
    if (numDeletedRows === 0n) throw notFound('tax rate')
    await recordAudit(ctx, { action: 'tax_rate.removed', resource_id: tax_rate_id, customer_id: null })
  })
}
