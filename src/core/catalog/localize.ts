// The price of a product for one buyer: in their currency or their country, where the merchant says so.
import type { Selectable } from 'kysely'
import { trialAmountAt } from '#billing/trial.ts'
import type { Product } from '#core/catalog/queries.ts'
import { from } from '#core/scope.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface Place {
  /** The currency asked for; null where any will do. */
  currency: string | null
  /** Of the buyer; null before it is known. */
  country: string | null
}

/** Each product with the price it has there; its own where no other was made for that place. */
export async function localize(ctx: BusinessCtx, products: readonly Product[], place: Place): Promise<Product[]> {
  const asked = products.filter(({ pricing_mode }) => pricing_mode !== null).map(({ product_id }) => product_id)
  if (asked.length === 0) return [...products]
  const prices = await from(ctx, 'localized_prices')
    .selectAll()
    .where('product_id', 'in', asked)
    .where('archived_at', 'is', null)
    .execute()
  return products.map((product) => {
    const price = prices.find((one) => one.product_id === product.product_id && suits(one, product, place))
    if (price === undefined) return product
    const { currency, amount } = price
    const trial_amount = product.trial_amount && trialAmountAt(product.trial_amount, product.price, amount)
    return { ...product, currency, price: amount, trial_amount }
  })
}

function suits(price: Selectable<DB['localized_prices']>, { pricing_mode }: Product, { currency, country }: Place) {
  if (price.mode !== pricing_mode) return false
  const paidIn = currency === null || price.currency === currency
  return price.mode === 'by_country' ? price.country_code === country && paidIn : price.currency === currency
}
