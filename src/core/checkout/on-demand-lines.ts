// What a cart is due for whose subscription is charged on demand.
import type { Product } from '#core/catalog/queries.ts'
import type { CartTerms } from '#core/checkout/cart.ts'
import type { CartLine } from '#core/checkout/cart-lines.ts'
import type { DueLine } from '#core/checkout/trial-lines.ts'
import type { CartItem, OnDemandTerms } from '#db/json-types.ts'
import { AppError } from '#src/errors.ts'

/** Throws for what only renewals could bill: add-ons, usage, the time after a trial. */
export function assertOnDemand(
  products: readonly Product[],
  items: readonly CartItem[],
  { trial_period_days, on_demand }: Pick<CartTerms, 'trial_period_days' | 'on_demand'>,
): void {
  const at = products.findIndex(({ price_type }) => price_type !== 'one_time_price')
  const plan = products[at]
  if (plan === undefined) throw refused('on_demand needs a product that is subscribed to')
  if ((items[at]?.addons.length ?? 0) > 0) throw new AppError('ADDONS_NOT_ALLOWED_FOR_ON_DEMAND')
  const currency = on_demand?.product_currency ?? plan.currency
  if (currency !== plan.currency) {
    throw new AppError('UNSUPPORTED_CURRENCY', { message: `The product is sold in ${plan.currency}` })
  }
  if (plan.meters.length > 0) throw refused('A product that is paid by usage cannot be charged on demand')
  if (trial_period_days !== null && trial_period_days > 0) {
    throw refused('A subscription charged on demand has no trial; use mandate_only')
  }
}

/** The first charge is for what the request says. */
export function demanded(line: CartLine, terms: OnDemandTerms | null): CartLine {
  if (terms === null || !line.recurs) return line
  const { product_price, product_description } = terms
  return {
    ...line,
    unit_price: product_price ?? line.unit_price,
    description: product_description ?? line.description,
  }
}

/** A method is saved, and nothing charged for the subscription. */
export function saved(line: DueLine, terms: OnDemandTerms | null): DueLine {
  return terms?.mandate_only && line.recurs ? { ...line, unit_price: 0, free: true } : line
}

function refused(message: string): AppError {
  return new AppError('UNSUPPORTED_ACTION', { message })
}
