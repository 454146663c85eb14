// How a subscription is begun that is charged when the merchant asks.
import { z } from '@hono/zod-openapi'
import { MAX_AMOUNT } from '#billing/money.ts'
import type { NewCheckout } from '#core/checkout/create-checkout.ts'
import { currencySchema } from '#wire/codes.ts'
import { orNull } from '#wire/list.ts'
import { text } from './text.ts'

/** The price of what is charged, and how it is said; of a charge and of the first one. */
export const chargedFields = {
  product_currency: orNull(currencySchema).optional().openapi({ description: 'Only the one it is sold in' }),
  product_description: text({ max: 250 }).nullish().openapi({ description: 'On the invoice, in place of the name' }),
  adaptive_currency_fees_inclusive: z
    .boolean()
    .nullish()
    .openapi({ description: 'Ignored: nothing is converted, and there are no fees for it' }),
}

/** Minor units. */
export function productPrice() {
  return z.int().min(1).max(MAX_AMOUNT)
}

export const onDemandInput = z
  .object({
    mandate_only: z.boolean().openapi({ description: 'A method is saved, and nothing charged at first' }),
    product_price: productPrice()
      .nullish()
      .openapi({ description: 'Of a unit, for the first charge, in minor units; the product’s where it is left out' }),
    ...chargedFields,
  })
  .openapi('OnDemand', { description: 'Charged by POST /subscriptions/{subscription_id}/charge; it does not renew' })

export function toOnDemand(
  input: z.output<typeof onDemandInput> | null | undefined,
): NonNullable<NewCheckout['on_demand']> | null {
  if (input == null) return null
  const { mandate_only, product_price = null, product_currency = null, product_description = null } = input
  return { mandate_only, product_price, product_currency, product_description }
}
