import { endpoint } from '#api/endpoint.ts'
import { archiveLocalizedPrice } from '#core/catalog/localized-prices.ts'

export const archiveLocalizedPriceEndpoint = endpoint(
  {
    method: 'delete',
    path: '/products/{product_id}/localized-prices/{localized_price_id}',
    operation: 'archiveLocalizedPrice',
    noun: 'Products',
    summary: 'Take a localized price away',
    description: 'Running subscriptions keep it. Answers nothing.',
  },
  async (ctx, { params }) => {
    await archiveLocalizedPrice(ctx, params.product_id, params.localized_price_id)
    return undefined
  },
)
