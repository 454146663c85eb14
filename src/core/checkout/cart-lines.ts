// The lines of a cart: each product and the add-ons chosen with it, at the price of a whole period.

import { MAX_AMOUNT } from '#billing/money.ts'
import { discounted, type PricedItem } from '#billing/price.ts'
import { type Addon, getAddons, type Product } from '#core/catalog/queries.ts'
import type { DescribedItem } from '#core/payments/priced-dues.ts'
import type { CartItem } from '#db/json-types.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

/** What is bought, at the price of a whole period. */
export interface CartLine extends DescribedItem {
  sold_with: string
  tax_inclusive: boolean
  tax_category: Product['tax_category']
  recurs: boolean
}

/** A product of the cart: its line first, then one for each add-on, in the order of `addons`. */
export interface CartProduct {
  product: Product
  addons: Addon[]
  lines: CartLine[]
}

/** Throws where the product does not offer an add-on, an add-on has another currency, or the buyer names too small a price. */
export async function linesOf(ctx: BusinessCtx, product: Product, item: CartItem): Promise<CartProduct> {
  const chosen = item.addons ?? []
  const foreign = chosen.find(({ addon_id }) => !product.addons.includes(addon_id))
  if (foreign !== undefined) {
    throw new AppError('INVALID_REQUEST_BODY', {
      message: `The product does not offer the add-on ${foreign.addon_id}`,
      field: 'product_cart.addons',
    })
  }
  const addons = await getAddons(
    ctx,
    chosen.map(({ addon_id }) => addon_id),
  )
  if (addons.some(({ currency }) => currency !== product.currency)) {
    throw new AppError('UNSUPPORTED_CURRENCY', { message: `An add-on of the cart has no price in ${product.currency}` })
  }
  const { product_id: sold_with, tax_inclusive } = product
  const shared = { sold_with, tax_inclusive, recurs: product.price_type !== 'one_time_price' }
  const lines: CartLine[] = [
    {
      kind: 'product',
      product_id: product.product_id,
      addon_id: null,
      description: product.name,
      quantity: item.quantity,
      unit_price: unitPrice(product, item),
      tax_category: product.tax_category,
      ...shared,
    },
    ...addons.map((addon, index) => ({
      kind: 'addon' as const,
      product_id: null,
      addon_id: addon.addon_id,
      description: addon.name,
      quantity: chosen[index]?.quantity ?? 1,
      unit_price: addon.price,
      tax_category: addon.tax_category,
      ...shared,
    })),
  ]
  assertPayable(lines)
  return { product, addons, lines }
}

function unitPrice(product: Product, item: CartItem): number {
  if (!product.pay_what_you_want) return discounted(product.price, product.discount_bps)
  const amount = item.amount ?? product.suggested_price ?? product.price
  if (amount >= product.price) return amount
  throw new AppError('TOTAL_PAYMENT_AMOUNT_BELOW_MINIMUM_AMOUNT', { field: 'product_cart.amount' })
}

/** Each line within the API's largest amount, and so their sum within what a number holds. */
function assertPayable(lines: readonly PricedItem[]): void {
  if (lines.every(({ quantity, unit_price }) => quantity * unit_price <= MAX_AMOUNT)) return
  throw new AppError('INVALID_REQUEST_BODY', { message: 'product_cart adds up to too much', field: 'product_cart' })
}
