// What a cart is due for while its subscription is in its trial.
import type { PricedLines } from '#billing/price-lines.ts'
import { eachOf } from '#billing/trial.ts'
import type { Product } from '#core/catalog/queries.ts'
import type { CartLine } from '#core/checkout/cart-lines.ts'

interface Trial {
  /** 0 where there is none. */
  days: number
  /** Minor units for each unit of the plan; null where it is free. */
  amount: number | null
  discounted: boolean
}

/** What is paid now, at what it costs now. */
export interface DueLine extends CartLine {
  free?: boolean
  undiscounted?: boolean
}

/** `asked`: the days of the checkout, which outweigh the product's. */
export function trialOf(plan: Product | undefined, asked: number | null): Trial {
  if (plan === undefined) return { days: 0, amount: null, discounted: false }
  const days = asked ?? plan.trial_period_days
  return { days, amount: days > 0 ? plan.trial_amount || null : null, discounted: plan.trial_apply_discounts }
}

/** A trial that is paid for costs its amount for each unit of the plan; add-ons come with it. */
export function tried(line: CartLine, { days, amount, discounted }: Trial): DueLine {
  if (!line.recurs || days === 0) return line
  if (amount === null) return { ...line, free: true }
  return { ...line, unit_price: line.kind === 'product' ? amount : 0, undiscounted: !discounted }
}

/** Of a paid trial's unit, after discounts; null where they leave nothing to pay. */
export function chargedForUnit(due: readonly DueLine[], priced: PricedLines): number | null {
  const at = due.findIndex(({ recurs, kind }) => recurs && kind === 'product')
  const [line, price] = [due[at], priced.lines[at]]
  if (line === undefined || price === undefined || price.amount === 0) return null
  return Math.max(1, eachOf(price.amount, line.quantity))
}
