// The buyer chooses on the page what to buy. What they may still be paying for on another page is closed first: it was for another cart.
import { checkoutTerms, priceCart } from '#core/checkout/cart.ts'
import { type Choices, readChoices } from '#core/checkout/choices.ts'
import { closeEarlierAttempt } from '#core/checkout/close-earlier-attempt.ts'
import type { Checkout } from '#core/checkout/queries.ts'
import { lockCheckout } from '#core/checkout/store.ts'
import { update } from '#core/scope.ts'
import type { CartItem } from '#db/json-types.ts'
import { json } from '#db/temporal.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

/** One of the products its collection offers. Throws NOT_FOUND for another. */
export async function chooseProduct(outer: BusinessCtx, checkout_id: string, product_id: string): Promise<void> {
  await edit(outer, checkout_id, (_, { products }) => {
    if (!products.some(({ product }) => product.product_id === product_id)) throw notFound('product')
    return [{ product_id, quantity: 1, addons: [], amount: null }]
  })
}

const MOST = 1_000

/** So many of an add-on of the subscription: 0 takes it away. Throws NOT_FOUND for one that is not offered. */
export async function setAddon(
  outer: BusinessCtx,
  checkout_id: string,
  addon_id: string,
  quantity: number,
): Promise<void> {
  await edit(outer, checkout_id, ({ product_cart }, { addons }, subscribed) => {
    if (!addons.some(({ addon }) => addon.addon_id === addon_id)) throw notFound('addon')
    const wanted = Math.min(Math.max(quantity, 0), MOST)
    return product_cart.map((item) => {
      if (item.product_id !== subscribed) return item
      const others = item.addons.filter((each) => each.addon_id !== addon_id)
      return { ...item, addons: wanted === 0 ? others : [...others, { addon_id, quantity: wanted }] }
    })
  })
}

async function edit(
  outer: BusinessCtx,
  checkout_id: string,
  changed: (checkout: Checkout, choices: Choices, subscribed: string | undefined) => CartItem[],
): Promise<void> {
  await closeEarlierAttempt(outer, checkout_id)
  await inTransaction(outer, async (ctx) => {
    const checkout = await lockCheckout(ctx, checkout_id)
    const { billing, tax_id } = checkout
    const terms = { ...checkoutTerms(checkout), buyer: { billing, tax_id } }
    const before = await priceCart(ctx, checkout.product_cart, terms)
    const choices = await readChoices(ctx, checkout, before)
    const product_cart = changed(checkout, choices, before.subscription?.product.product_id)
    const { currency } = await priceCart(ctx, product_cart, terms)
    await update(ctx, 'checkout_sessions')
      .set({ product_cart: json(product_cart), currency })
      .where('checkout_id', '=', checkout_id)
      .execute()
  })
}
