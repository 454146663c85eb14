import { z } from '@hono/zod-openapi'
import type { BillingAddress } from '#db/json-types.ts'
import { type Country, countrySchema } from './codes.ts'

export const billingAddressSchema = z
  .object({
    country: countrySchema,
    state: z.string().nullable().openapi({ example: 'Stockholm' }),
    city: z.string().nullable().openapi({ example: 'Stockholm' }),
    street: z.string().nullable().openapi({ example: 'Lindgatan 4' }),
    zipcode: z.string().nullable().openapi({ example: '111 52' }),
  })
  .openapi('BillingAddress')

export type WireBillingAddress = z.output<typeof billingAddressSchema>

export function billingAddressToWire({ country, state, city, street, zipcode }: BillingAddress): WireBillingAddress {
  return { country: country as Country, state, city, street, zipcode }
}
