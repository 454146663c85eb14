import { endpoint } from '#api/endpoint.ts'
import { codeRefusals } from '#core/checkout/checkout-discounts.ts'
import { createCheckout } from '#core/checkout/create-checkout.ts'
import { orderDirectly } from '#core/checkout/order-directly.ts'
import { checkoutLinkSchema, checkoutLinkToWire } from '#wire/checkout-session.ts'
import { cartRefusals, createCheckoutBody, toNewCheckout } from './checkout-input.ts'
import { toConfirmedOrder } from './confirmed-order.ts'

export const createCheckoutEndpoint = endpoint(
  {
    method: 'post',
    path: '/checkouts',
    operation: 'createCheckout',
    noun: 'Checkouts',
    summary: 'Make a checkout',
    differs:
      'one subscription at most, one currency; nothing is converted: a product without a price in `billing_currency` is sold in its own; a first amount of 0 needs a card only where something is due later; mandates in rupees are left to the processor',
    description:
      'Answers the address of a page on which a person can buy the cart. The page works for 24 hours, until it is paid. Confirmed at once, its first payment exists already, or a saved method is charged.',
    body: createCheckoutBody,
    example: {
      product_cart: [{ product_id: 'pdt_0gyTR3kUe7pWz9QhV2sJn', quantity: 1 }],
      customer: { email: 'mara@example.com', name: 'Mara Lind' },
      return_url: 'https://shop.example.com/thanks',
    },
    answer: checkoutLinkSchema,
    refusals: [
      ...cartRefusals,
      'INVALID_TAX_ID',
      'THEME_NOT_READABLE',
      'CUSTOMER_HAS_EXISTING_SUBSCRIPTION',
      'TOTAL_PAYMENT_AMOUNT_BELOW_MINIMUM_AMOUNT',
      ...codeRefusals,
    ],
  },
  async (ctx, { body }) => {
    const order = toConfirmedOrder(ctx, body)
    const made =
      order === undefined
        ? { checkout: await createCheckout(ctx, toNewCheckout(ctx, body)) }
        : await orderDirectly(ctx, order)
    return checkoutLinkToWire(made, ctx.urls)
  },
)
