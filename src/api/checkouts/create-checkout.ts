import { endpoint } from '#api/endpoint.ts'
import { codeRefusals } from '#core/checkout/checkout-discounts.ts'
import { createCheckout } from '#core/checkout/create-checkout.ts'
import { checkoutLinkSchema, checkoutLinkToWire } from '#wire/checkout-session.ts'
import { cartRefusals, createCheckoutBody, toNewCheckout } from './checkout-input.ts'

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
      'Answers the address of a page on which a person can buy the cart. The page works for 24 hours, until it is paid.',
    body: createCheckoutBody,
    example: {
      product_cart: [{ product_id: 'pdt_0gyTR3kUe7pWz9QhV2sJn', quantity: 1 }],
      customer: { email: 'mara@example.com', name: 'Mara Lind' },
      return_url: 'https://shop.example.com/thanks',
    },
    answer: checkoutLinkSchema,
    refusals: [...cartRefusals, 'INVALID_TAX_ID', ...codeRefusals],
  },
  async (ctx, { body }) => {
    const checkout = await createCheckout(ctx, toNewCheckout(ctx, body))
    return checkoutLinkToWire(checkout, ctx.urls)
  },
)
