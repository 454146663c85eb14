import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { amount } from '#api/input/amount.ts'
import { updateLocalizedPrice } from '#core/catalog/localized-prices.ts'
import { localizedPriceSchema, localizedPriceToWire } from '#wire/localized-price.ts'

export const updateLocalizedPriceBody = z
  .object({ amount: amount().min(1).nullish().openapi({ description: 'Minor units' }) })
  .openapi('UpdateLocalizedPrice')

export const updateLocalizedPriceEndpoint = endpoint(
  {
    method: 'patch',
    path: '/products/{product_id}/localized-prices/{localized_price_id}',
    operation: 'updateLocalizedPrice',
    noun: 'Products',
    summary: 'Change a localized price',
    description: 'Running subscriptions keep their prices.',
    body: updateLocalizedPriceBody,
    example: { amount: 2700 },
    answer: localizedPriceSchema,
  },
  async (ctx, { params, body }) => {
    const change = body.amount == null ? {} : { amount: body.amount }
    return localizedPriceToWire(await updateLocalizedPrice(ctx, params.product_id, params.localized_price_id, change))
  },
)
