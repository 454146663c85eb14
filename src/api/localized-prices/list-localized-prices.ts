import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { listLocalizedPrices } from '#core/catalog/localized-prices.ts'
import { localizedPriceSchema, localizedPriceToWire } from '#wire/localized-price.ts'

export const listLocalizedPricesEndpoint = endpoint(
  {
    method: 'get',
    path: '/products/{product_id}/localized-prices',
    operation: 'listLocalizedPrices',
    noun: 'Products',
    summary: 'List the localized prices of a product',
    answer: z.object({ items: z.array(localizedPriceSchema) }),
  },
  async (ctx, { params }) => ({ items: (await listLocalizedPrices(ctx, params.product_id)).map(localizedPriceToWire) }),
)
