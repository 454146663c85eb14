import { type Cart, checkoutTerms, priceCart } from '#core/checkout/cart.ts'
import type { Checkout } from '#core/checkout/queries.ts'
import { readDiscounts } from '#core/discounts/subscription-discounts.ts'
import { getDues, getDuesDiscounts, getDuesLines, type Payment } from '#core/payments/queries.ts'
import type { BusinessCtx } from '#src/context.ts'

/** What was bought, with the amounts that were paid; what follows at the prices of today. */
export async function readSoldCart(ctx: BusinessCtx, checkout: Checkout, payment: Payment | undefined): Promise<Cart> {
  const { product_cart, subscription_id, tax_id } = checkout
  const discounts = subscription_id === null ? [] : await readDiscounts(ctx, subscription_id)
  const buyer = { billing: payment?.billing ?? checkout.billing, tax_id }
  const redeem = async () => discounts
  const cart = await priceCart(ctx, product_cart, { ...checkoutTerms(checkout), buyer, redeem, sold: true })
  // What is left of the discounts is for renewals: all of them are still to come.
  const subscription = cart.subscription && { ...cart.subscription, renewal: cart.subscription.period }
  if (payment === undefined) return { ...cart, subscription }
  const dues = await getDues(ctx, payment.dues_id)
  const lines = await getDuesLines(ctx, payment.dues_id)
  const taken = await getDuesDiscounts(ctx, payment.dues_id)
  return { ...cart, subscription, dues: { ...dues, lines, discounts: taken }, tax_known: true }
}
