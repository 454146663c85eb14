// What a subscription and a one-time purchase are ordered with, where the merchant's own server does it.
import { z } from '@hono/zod-openapi'
import { customerInput, toCustomer } from '#api/checkouts/checkout-input.ts'
import { toPageWishes } from '#api/checkouts/page-input.ts'
import { toCodes } from '#api/discounts/discount-codes.ts'
import { codesInput } from '#api/discounts/discount-input.ts'
import { assertSecure } from '#api/secure-address.ts'
import { codeRefusals } from '#core/checkout/checkout-discounts.ts'
import type { DirectOrder } from '#core/checkout/order-directly.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError, type ErrorCode } from '#src/errors.ts'
import { currencySchema } from '#wire/codes.ts'
import { orNull } from '#wire/list.ts'
import { amount, quantity } from './amount.ts'
import { billingAddressInput, toBillingAddress } from './billing-address.ts'
import { metadataInput } from './metadata.ts'
import { methodTermsInput, toMethodTerms } from './method-terms.ts'
import { id, text, webAddress } from './text.ts'

export const oneTimeItem = z.object({
  product_id: id('pdt_0gyTR3kUe7pWz9QhV2sJn'),
  quantity: quantity(),
  amount: amount().nullish().openapi({ description: 'Minor units, where the customer names the price' }),
})

export const orderFields = {
  customer: customerInput,
  billing: billingAddressInput,
  payment_method_id: id()
    .nullish()
    .openapi({ description: 'Saved by the customer, who is named by customer_id: charged at once' }),
  payment_link: z.boolean().nullish().openapi({ description: 'Without a payment_method_id there always is one' }),
  return_url: webAddress().nullish().openapi({ description: 'Where the customer goes afterwards; https in live mode' }),
  redirect_immediately: z.boolean().optional().openapi({ description: 'Always so where there is a return_url' }),
  billing_currency: orNull(currencySchema)
    .optional()
    .openapi({ description: 'Where the products have a price in it; otherwise their own currency' }),
  metadata: metadataInput.optional().openapi({ description: 'Of the payment and the subscription' }),
  ...codesInput,
  tax_id: text({ max: 50 }).nullish().openapi({ description: 'Of a business that buys; on its invoices' }),
  customer_business_name: text({ max: 250 })
    .transform((name) => name.trim())
    .nullish()
    .openapi({ description: 'Printed on invoices; needs a tax_id' }),
  ...methodTermsInput,
  require_phone_number: z.boolean().optional().openapi({ description: 'Nobody pays at the link without one: false' }),
  short_link: z.boolean().nullish().openapi({ description: 'Ignored: the address is short' }),
  show_saved_payment_methods: z
    .boolean()
    .optional()
    .openapi({ description: 'At the link, to the customer you name by customer_id: false' }),
}

export const orderRefusals: ErrorCode[] = [
  'PRODUCT_IS_DELETED',
  'UNSUPPORTED_CURRENCY',
  'UNSUPPORTED_ACTION',
  'INVALID_TAX_ID',
  'TOTAL_PAYMENT_AMOUNT_BELOW_MINIMUM_AMOUNT',
  'NO_ELIGIBLE_PAYMENT_METHODS',
  ...codeRefusals,
]

const fields = z.object(orderFields)

/** All but what is bought. */
export function toOrder(ctx: BusinessCtx, body: z.output<typeof fields>): Omit<DirectOrder, 'product_cart' | 'sells'> {
  assertSecure(ctx, body.return_url, 'return_url')
  const { payment_method_id = null, customer } = body
  if (payment_method_id !== null && body.payment_link === true) {
    throw refused('payment_link', 'goes without a payment_method_id, which is charged at once')
  }
  if (payment_method_id !== null && customer.customer_id === undefined) {
    throw refused('customer', 'must name the customer_id whose payment_method_id it is')
  }
  if (payment_method_id !== null && body.force_3ds === true) {
    throw refused('force_3ds', 'goes without a payment_method_id, which is charged with nobody there to be asked')
  }
  return {
    customer: toCustomer(customer),
    billing: toBillingAddress(body.billing),
    payment_method_id,
    return_url: body.return_url ?? null,
    billing_currency: body.billing_currency ?? null,
    discount_codes: toCodes(body) ?? [],
    tax_id: body.tax_id ?? null,
    customer_business_name: body.customer_business_name ?? null,
    metadata: body.metadata ?? {},
    ...toMethodTerms(body),
    page: toPageWishes({
      feature_flags: { require_phone_number: body.require_phone_number },
      show_saved_payment_methods: body.show_saved_payment_methods,
    }),
  }
}

function refused(field: string, problem: string): AppError {
  return new AppError('INVALID_REQUEST_PARAMETERS', { message: `${field} ${problem}`, field })
}
