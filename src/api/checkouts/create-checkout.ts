import { toCodes } from '#api/discounts/discount-codes.ts'
import { endpoint } from '#api/endpoint.ts'
import { toBillingAddress } from '#api/input/billing-address.ts'
import { toOnDemand } from '#api/input/on-demand.ts'
import { assertSecure } from '#api/secure-address.ts'
import { codeRefusals } from '#core/checkout/checkout-discounts.ts'
import { createCheckout } from '#core/checkout/create-checkout.ts'
import { checkoutLinkSchema, checkoutLinkToWire } from '#wire/checkout-session.ts'
import { createCheckoutBody, toCart, toCustomer } from './checkout-input.ts'

export const createCheckoutEndpoint = endpoint(
  {
    method: 'post',
    path: '/checkouts',
    operation: 'createCheckout',
    noun: 'Checkouts',
    summary: 'Make a checkout',
    differs:
      'one subscription at most, one currency; `billing_currency` is not read: a product is sold in its currency',
    description:
      'Answers the address of a page on which a person can buy the cart. The page works for 24 hours, until it is paid.',
    body: createCheckoutBody,
    example: {
      product_cart: [{ product_id: 'pdt_0gyTR3kUe7pWz9QhV2sJn', quantity: 1 }],
      customer: { email: 'mara@example.com', name: 'Mara Lind' },
      return_url: 'https://shop.example.com/thanks',
    },
    answer: checkoutLinkSchema,
    refusals: [
      'PRODUCT_CART_EMTPY',
      'PRODUCT_IS_DELETED',
      'UNSUPPORTED_CURRENCY',
      'UNSUPPORTED_ACTION',
      'ADDONS_NOT_ALLOWED_FOR_ON_DEMAND',
      'INVALID_TAX_ID',
      ...codeRefusals,
    ],
  },
  async (ctx, { body }) => {
    assertSecure(ctx, body.return_url, 'return_url')
    assertSecure(ctx, body.cancel_url, 'cancel_url')
    const checkout = await createCheckout(ctx, {
      product_cart: toCart(body.product_cart),
      customer: body.customer ? toCustomer(body.customer) : null,
      billing: body.billing_address ? toBillingAddress(body.billing_address) : null,
      return_url: body.return_url ?? null,
      cancel_url: body.cancel_url ?? null,
      trial_period_days: body.subscription_data?.trial_period_days ?? null,
      on_demand: toOnDemand(body.subscription_data?.on_demand),
      billing_currency: body.billing_currency ?? null,
      tax_id: body.tax_id ?? null,
      discount_codes: toCodes(body) ?? [],
      allow_discount_code: body.feature_flags?.allow_discount_code ?? true,
      customer_business_name: body.customer_business_name ?? null,
      force_language: body.customization?.force_language ?? null,
      metadata: body.metadata ?? {},
    })
    return checkoutLinkToWire(checkout, ctx.urls)
  },
)
