import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { amount } from '#api/input/amount.ts'
import { createLocalizedPrice } from '#core/catalog/localized-prices.ts'
import { countrySchema, currencySchema } from '#wire/codes.ts'
import { orNull } from '#wire/list.ts'
import { localizedPriceSchema, localizedPriceToWire } from '#wire/localized-price.ts'

export const createLocalizedPriceBody = z
  .object({
    amount: amount().min(1).openapi({ description: 'Minor units' }),
    currency: currencySchema,
    country_code: orNull(countrySchema)
      .optional()
      .openapi({ description: 'Where pricing_mode is by_country, and only then' }),
  })
  .openapi('CreateLocalizedPrice')

export const createLocalizedPriceEndpoint = endpoint(
  {
    method: 'post',
    path: '/products/{product_id}/localized-prices',
    operation: 'createLocalizedPrice',
    noun: 'Products',
    summary: 'Add a localized price',
    description:
      'The product needs a pricing_mode. There is one price for a currency, or for a country and a currency.',
    body: createLocalizedPriceBody,
    example: { amount: 2500, currency: 'EUR' },
    refusals: ['CONFLICT'],
    answer: localizedPriceSchema,
  },
  async (ctx, { params, body }) => {
    const { amount, currency, country_code = null } = body
    return localizedPriceToWire(await createLocalizedPrice(ctx, params.product_id, { amount, currency, country_code }))
  },
)
