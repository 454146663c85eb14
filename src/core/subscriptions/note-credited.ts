import { type DuesLine, grossOf } from '#core/payments/queries.ts'
import { update } from '#core/scope.ts'
import type { PeriodValueOf } from '#core/subscriptions/period-values.ts'
import type { BusinessCtx } from '#src/context.ts'

/** A line of a plan change: negative where it gives back what a value of the old plan was worth. */
export type CreditedLine = Pick<DuesLine, 'product_id' | 'addon_id' | 'amount' | 'tax' | 'tax_inclusive'>

/** Remembers on the lines that paid for the old values what a plan change gave back of them as credit, with its tax. */
export async function noteCredited(
  ctx: BusinessCtx,
  values: readonly PeriodValueOf[],
  lines: readonly CreditedLine[],
): Promise<void> {
  for (const line of lines) {
    if (line.amount >= 0) continue
    const { product_id, addon_id } = line
    const value = values.find((row) => row.product_id === product_id && row.addon_id === addon_id)
    if (value === undefined || value.dues_id === null || value.dues_position === null) continue
    await update(ctx, 'dues_lines')
      .set((eb) => ({ credited: eb('credited', '+', -grossOf(line)) }))
      .where('dues_id', '=', value.dues_id)
      .where('position', '=', value.dues_position)
      .execute()
  }
}
