// The lines of a plan change as they are owed: what is charged for the new plan first, then what is given back of the old one.
import type { ChangeLine } from '#billing/change-lines.ts'
import type { PlanChangeDecision } from '#billing/plan-change.ts'
import type { PeriodValueOf } from '#core/subscriptions/period-values.ts'
import type { PlanItem } from '#db/json-types.ts'

export interface ChangeDuesLine {
  kind: 'product' | 'addon'
  product_id: string | null
  addon_id: string | null
  description: string
  quantity: number
  unit_price: number
  amount: number
  discount: number
  tax: number
  tax_rate: number | null
  tax_name: string | null
  tax_inclusive: boolean
  share: ChangeLine['share']
  prorated: boolean
}

/** Credits and charges come in the order of the values and items they were decided from; credits of nothing are left out. */
export function changeLines(
  decision: PlanChangeDecision,
  items: readonly PlanItem[],
  values: readonly PeriodValueOf[],
): ChangeDuesLine[] {
  const named = (kind: ChangeLine['kind'], sources: readonly (PlanItem | PeriodValueOf)[]) =>
    decision.lines
      .filter((line) => line.kind === kind)
      .flatMap((line, index) => {
        const source = sources[index]
        return source === undefined ? [] : [describe(line, source)]
      })
  return [...named('charge', items), ...named('credit', values).filter(({ unit_price }) => unit_price !== 0)]
}

function describe(line: ChangeLine, source: PlanItem | PeriodValueOf): ChangeDuesLine {
  const { kind, product_id, addon_id, description } = source
  const { quantity, unit_price, share, amount, discount, tax, tax_rate, tax_name, tax_inclusive } = line
  const prorated = line.kind === 'credit' || share.numerator !== share.denominator
  const money = { quantity, unit_price, share, amount, discount, tax, tax_rate, tax_name, tax_inclusive, prorated }
  return { kind, product_id, addon_id, description, ...money }
}
