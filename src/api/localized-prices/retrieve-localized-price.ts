import { endpoint } from '#api/endpoint.ts'
import { getLocalizedPrice } from '#core/catalog/localized-prices.ts'
import { localizedPriceSchema, localizedPriceToWire } from '#wire/localized-price.ts'

export const retrieveLocalizedPriceEndpoint = endpoint(
  {
    method: 'get',
    path: '/products/{product_id}/localized-prices/{localized_price_id}',
    operation: 'retrieveLocalizedPrice',
    noun: 'Products',
    summary: 'Retrieve a localized price',
    answer: localizedPriceSchema,
  },
  async (ctx, { params }) =>
    localizedPriceToWire(await getLocalizedPrice(ctx, params.product_id, params.localized_price_id)),
)
