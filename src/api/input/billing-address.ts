import { z } from '@hono/zod-openapi'
import type { NewCheckout } from '#core/checkout/create-checkout.ts'
import { countrySchema } from '#wire/codes.ts'
import { text } from './text.ts'

export const billingAddressInput = z.object({
  country: countrySchema,
  state: text({ max: 100 }).nullish(),
  city: text({ max: 100 }).nullish(),
  street: text({ max: 250, lines: true }).nullish(),
  zipcode: text({ max: 20 }).nullish(),
})

export function toBillingAddress(input: z.output<typeof billingAddressInput>): NonNullable<NewCheckout['billing']> {
  const { country, state = null, city = null, street = null, zipcode = null } = input
  return { country, state, city, street, zipcode }
}
