import { endpoint } from '#api/endpoint.ts'
import { archiveProduct } from '#core/catalog/archive-product.ts'

export const archiveProductEndpoint = endpoint(
  {
    method: 'delete',
    path: '/products/{product_id}',
    operation: 'archiveProduct',
    noun: 'Products',
    summary: 'Archive a product',
    description: 'It is sold no more; subscriptions to it go on. Answers nothing.',
    refusals: ['PRODUCT_IS_DELETED'],
  },
  async (ctx, { params }) => {
    await archiveProduct(ctx, params.product_id)
    return undefined
  },
)
