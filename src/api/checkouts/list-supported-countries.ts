import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { countryCodes } from '#billing/countries.ts'
import { countrySchema } from '#wire/codes.ts'

export const listSupportedCountriesEndpoint = endpoint(
  {
    method: 'get',
    path: '/checkout/supported_countries',
    operation: 'listSupportedCountries',
    noun: 'Checkouts',
    summary: 'List the countries a buyer may be in',
    answer: z.array(countrySchema),
  },
  async () => [...countryCodes],
)
