// What a checkout is made from.

import { z } from '@hono/zod-openapi'
import { toCodes } from '#api/discounts/discount-codes.ts'
import { codesInput } from '#api/discounts/discount-input.ts'
import { amount, quantity } from '#api/input/amount.ts'
import { billingAddressInput, toBillingAddress } from '#api/input/billing-address.ts'
import { decimalAboveZero } from '#api/input/decimal.ts'
import { metadataInput } from '#api/input/metadata.ts'
import { methodTermsInput, toMethodTerms } from '#api/input/method-terms.ts'
import { notYet } from '#api/input/not-yet.ts'
import { onDemandInput, toOnDemand } from '#api/input/on-demand.ts'
import { email, id, phoneNumber, text, webAddress } from '#api/input/text.ts'
import { assertSecure } from '#api/secure-address.ts'
import type { NewCheckout } from '#core/checkout/create-checkout.ts'
import type { BusinessCtx } from '#src/context.ts'
import { currencySchema } from '#wire/codes.ts'
import { orNull } from '#wire/list.ts'
import { customFieldsInput, customizationInput, featureFlagsInput, toLookChange, toPageWishes } from './page-input.ts'

const cartItem = z.object({
  product_id: id('pdt_0gyTR3kUe7pWz9QhV2sJn'),
  quantity: quantity(),
  amount: amount().nullish().openapi({ description: 'Minor units, where the customer names the price' }),
  addons: z
    .array(z.object({ addon_id: id(), quantity: quantity() }))
    .max(100)
    .nullish(),
  credit_entitlements: z
    .array(
      z.object({
        credit_entitlement_id: id('cde_0gyTR3kUe7pWz9QhV2sJn'),
        credits_amount: decimalAboveZero('For each unit, in place of what the product grants of it'),
      }),
    )
    .max(100)
    .nullish(),
})

export const customerInput = z
  .object({
    customer_id: id().optional().openapi({ description: 'A customer you know; the other fields are then not read' }),
    email: email().optional(),
    name: text({ max: 250 }).nullish(),
    phone_number: phoneNumber().nullish(),
  })
  .refine(
    ({ customer_id, email }) => customer_id !== undefined || email !== undefined,
    'needs a customer_id or an email',
  )

export const createCheckoutBody = z
  .object({
    product_cart: z.array(cartItem).max(20).openapi({ description: 'One subscription at most, in one currency' }),
    customer: customerInput.nullish(),
    billing_address: billingAddressInput.nullish(),
    return_url: webAddress()
      .nullish()
      .openapi({ description: 'Where the customer goes afterwards; https in live mode' }),
    cancel_url: webAddress().nullish().openapi({ description: 'Where the way back leads; https in live mode' }),
    subscription_data: z
      .object({
        trial_period_days: z.int().min(0).max(10_000).nullish().openapi({ description: 'In place of the product’s' }),
        on_demand: orNull(onDemandInput).optional(),
      })
      .nullish(),
    customization: customizationInput,
    metadata: metadataInput.nullish().openapi({ description: 'Passed on to the payment and the subscription' }),
    billing_currency: orNull(currencySchema)
      .optional()
      .openapi({ description: 'Where the products have a price in it; otherwise their own currency' }),
    confirm: z.boolean().optional().openapi({
      description: 'Everything is said: the first payment exists at once. Needs a customer and a billing_address',
    }),
    payment_method_id: id()
      .nullish()
      .openapi({ description: 'Saved by the customer, who is named by customer_id: charged at once. Needs confirm' }),
    product_collection_id: id('pdc_0gyTR3kUe7pWz9QhV2sJn').nullish().openapi({
      description: 'The buyer chooses one of its products; product_cart is then empty and no codes are taken',
    }),
    ...codesInput,
    ...methodTermsInput,
    feature_flags: featureFlagsInput,
    custom_fields: customFieldsInput,
    show_saved_payment_methods: z
      .boolean()
      .optional()
      .openapi({ description: 'Those of the customer you name by customer_id, who can pay with one: false' }),
    short_link: z.boolean().optional().openapi({ description: 'Ignored: the address is short' }),
    minimal_address: z
      .boolean()
      .optional()
      .openapi({ description: 'Ignored: no more than the country is ever needed' }),
    mandate_min_amount_inr_paise: notYet(z.int().nullish()),
    tax_id: text({ max: 50 }).nullish().openapi({ description: 'Of a business that buys; on its invoices' }),
    customer_business_name: text({ max: 250 })
      .transform((name) => name.trim())
      .nullish()
      .openapi({ description: 'Printed on invoices; needs a tax_id' }),
  })
  .openapi('CreateCheckout')

export type CreateCheckout = z.output<typeof createCheckoutBody>

/** What keeps a cart from being sold. */
export const cartRefusals = [
  'PRODUCT_CART_EMTPY',
  'PRODUCT_IS_DELETED',
  'UNSUPPORTED_CURRENCY',
  'UNSUPPORTED_ACTION',
  'BRAND_MISMATCH',
  'PRODUCT_COLLECTION_IS_DELETED',
  'PRODUCT_COLLECTION_MUST_HAVE_PRODUCTS',
  'ADDONS_NOT_ALLOWED_FOR_ON_DEMAND',
  'NO_ELIGIBLE_PAYMENT_METHODS',
] as const

/** Throws where a way back is not safe to lead to. */
export function toNewCheckout(ctx: BusinessCtx, body: CreateCheckout): NewCheckout {
  assertSecure(ctx, body.return_url, 'return_url')
  assertSecure(ctx, body.cancel_url, 'cancel_url')
  return {
    product_cart: toCart(body.product_cart),
    product_collection_id: body.product_collection_id ?? null,
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
    page: toPageWishes(body),
    look: toLookChange(body),
    metadata: body.metadata ?? {},
    ...toMethodTerms(body),
  }
}

function toCart(items: CreateCheckout['product_cart']): NewCheckout['product_cart'] {
  return items.map(({ product_id, quantity, amount, addons, credit_entitlements }) => ({
    product_id,
    quantity,
    addons: addons ?? [],
    amount: amount ?? null,
    ...(credit_entitlements?.length ? { credit_entitlements } : {}),
  }))
}

export function toCustomer(input: NonNullable<CreateCheckout['customer']>): NonNullable<NewCheckout['customer']> {
  const { customer_id, email, name, phone_number } = input
  if (customer_id !== undefined) return { customer_id }
  return { email: email as string, name: name ?? null, phone_number: phone_number ?? null }
}
