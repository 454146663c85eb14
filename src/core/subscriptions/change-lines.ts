// The lines of a plan change as they are owed: what is charged for the new plan first, then what is given back of the old one.
import type { ChangeLine, PlanChangeDecision } from '#billing/plan-change.ts'
import type { NewLine } from '#core/payments/store.ts'
import type { PeriodValueRow } from '#core/subscriptions/period-values.ts'
import type { PlanItem } from '#db/json-types.ts'

export interface ChangeDuesLine extends NewLine {
  kind: 'product' | 'addon'
  product_id: string | null
  addon_id: string | null
  description: string
  quantity: number
  unit_price: number
  amount: number
  tax: number
  share: ChangeLine['share']
  prorated: boolean
}

/** Credits and charges come in the order of the values and items they were decided from; credits of nothing are left out. */
export function changeLines(
  decision: PlanChangeDecision,
  items: readonly PlanItem[],
  values: readonly PeriodValueRow[],
): ChangeDuesLine[] {
  const named = (kind: ChangeLine['kind'], sources: readonly (PlanItem | PeriodValueRow)[]) =>
    decision.lines
      .filter((line) => line.kind === kind)
      .flatMap((line, index) => {
        const source = sources[index]
        return source === undefined ? [] : [describe(line, source)]
      })
  return [...named('charge', items), ...named('credit', values).filter(({ unit_price }) => unit_price !== 0)]
}

function describe(line: ChangeLine, source: PlanItem | PeriodValueRow): ChangeDuesLine {
  const { kind, product_id, addon_id, description } = source
  const { quantity, unit_price, share, amount } = line
  const prorated = amount < 0 || share.numerator !== share.denominator
  return {
    kind,
    product_id,
    addon_id,
    description,
    quantity,
    unit_price,
    share,
    amount,
    tax: 0,
    tax_rate: null,
    prorated,
  }
}
