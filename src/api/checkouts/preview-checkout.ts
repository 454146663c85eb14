import { endpoint } from '#api/endpoint.ts'
import { codeRefusals } from '#core/checkout/checkout-discounts.ts'
import { previewCheckout } from '#core/checkout/preview-checkout.ts'
import { checkoutPreviewSchema, checkoutPreviewToWire } from '#wire/checkout-preview.ts'
import { cartRefusals, createCheckoutBody, toNewCheckout } from './checkout-input.ts'
import { toConfirmedOrder } from './confirmed-order.ts'

export const previewCheckoutEndpoint = endpoint(
  {
    method: 'post',
    path: '/checkouts/preview',
    operation: 'previewCheckout',
    noun: 'Checkouts',
    summary: 'Preview a checkout',
    description:
      'What the same request would cost a buyer this instant: due at once, and with each renewal. Makes nothing. The products of the cart are priced for a whole period, also where a trial comes first.',
    differs:
      'without an address the country of the business is assumed; add-ons are listed where they are chosen; `payment_method_required` is false of whatever never costs anything',
    body: createCheckoutBody,
    example: {
      product_cart: [{ product_id: 'pdt_0gyTR3kUe7pWz9QhV2sJn', quantity: 1 }],
      billing_address: { country: 'SE' },
    },
    repeat: 'harmless',
    answer: checkoutPreviewSchema,
    refusals: [...cartRefusals, ...codeRefusals],
  },
  async (ctx, { body }) => {
    const asked = toConfirmedOrder(ctx, body) ?? toNewCheckout(ctx, body)
    return checkoutPreviewToWire(await previewCheckout(ctx, asked))
  },
)
