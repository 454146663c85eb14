// What the buyer can choose on the page of a checkout: one of a collection's products, and add-ons where the shop lets them.
import { discounted } from '#billing/price.ts'
import { localize } from '#core/catalog/localize.ts'
import { type Addon, getAddons, type Product } from '#core/catalog/queries.ts'
import type { Cart } from '#core/checkout/cart.ts'
import { rulesOf } from '#core/checkout/page-rules.ts'
import type { Checkout } from '#core/checkout/queries.ts'
import { listOffers } from '#core/collections/list-offers.ts'
import type { BusinessCtx } from '#src/context.ts'

export interface Choices {
  /** None where the shop chose. */
  products: readonly { product: Product; group_name: string | null; unit_price: number; chosen: boolean }[]
  /** Those of the subscription, with how many of each there are. */
  addons: readonly { addon: Addon; quantity: number; product: Product }[]
}

/** Prices are of a unit for a period, before discounts by code and exclusive tax. */
export async function readChoices(ctx: BusinessCtx, checkout: Checkout, cart: Cart): Promise<Choices> {
  return { products: await readProducts(ctx, checkout), addons: await readAddons(ctx, checkout, cart) }
}

async function readProducts(ctx: BusinessCtx, checkout: Checkout): Promise<Choices['products']> {
  const { product_collection_id, billing_currency, billing, product_cart } = checkout
  if (product_collection_id === null) return []
  const offers = await listOffers(ctx, product_collection_id)
  const place = { currency: billing_currency, country: billing?.country ?? null }
  const products = await localize(
    ctx,
    offers.map(({ product }) => product),
    place,
  )
  return products.map((product, index) => ({
    product,
    group_name: offers[index]?.group_name ?? null,
    unit_price: discounted(product.price, product.discount_bps),
    chosen: product.product_id === product_cart[0]?.product_id,
  }))
}

async function readAddons(ctx: BusinessCtx, checkout: Checkout, cart: Cart): Promise<Choices['addons']> {
  if (!rulesOf(checkout).edits_addons || cart.subscription === undefined || cart.subscription.on_demand) return []
  const { product, addons } = cart.subscription
  const offered = await getAddons(ctx, product.addons)
  return offered
    .filter(({ currency }) => currency === cart.currency)
    .map((addon) => ({
      addon,
      quantity: addons.find(({ addon_id }) => addon_id === addon.addon_id)?.quantity ?? 0,
      product,
    }))
}
