// From priced lines to what is owed: the rows that every kind of dues is written with.
import type { PricedLines } from '#billing/price-lines.ts'
import type { AppliedDiscount } from '#core/discounts/subscription-discounts.ts'
import type { NewDues, NewLine } from '#core/payments/store.ts'

export interface DescribedItem {
  kind: 'product' | 'addon' | 'meter' | 'overage'
  product_id: string | null
  addon_id: string | null
  description: string
  quantity: number
  unit_price: number
  /** Of a meter: which usage it is. */
  used?: UsedColumns
}

export type UsedColumns = Pick<
  NewLine,
  'meter_id' | 'charge_id' | 'units' | 'price_per_unit' | 'period_start' | 'period_end'
>

export type DuesAmounts = Pick<
  NewDues,
  'subtotal' | 'tax' | 'tax_added' | 'total' | 'reverse_charge' | 'lines' | 'discounts'
>

/** `lines` are the prices of `items`, `discounts` those they were priced with. */
export function pricedDues(
  items: readonly DescribedItem[],
  priced: PricedLines,
  reverse_charge: boolean,
  discounts: readonly (Pick<AppliedDiscount, 'discount_id' | 'code'> & { uses_cycle: boolean })[],
): DuesAmounts {
  return {
    ...priced.totals,
    reverse_charge,
    lines: items.map((item, index) => lineOf(item, priced.lines[index])),
    discounts: discounts.map(({ discount_id, code, uses_cycle }, index) => {
      return { discount_id, code, uses_cycle, amount: priced.discounts[index] ?? 0 }
    }),
  }
}

function lineOf(item: DescribedItem, price: PricedLines['lines'][number] | undefined): NewLine {
  if (price === undefined) throw new Error('every item is priced')
  const { kind, product_id, addon_id, description, quantity, unit_price, used } = item
  const { amount, discount, tax, tax_rate, tax_name, tax_inclusive } = price
  const what = { kind, product_id, addon_id, description, quantity, unit_price, ...used }
  return { ...what, amount, discount, tax, tax_rate: tax_rate?.toString() ?? null, tax_name, tax_inclusive }
}
