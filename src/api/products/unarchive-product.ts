import { endpoint } from '#api/endpoint.ts'
import { unarchiveProduct } from '#core/catalog/archive-product.ts'

export const unarchiveProductEndpoint = endpoint(
  {
    method: 'post',
    path: '/products/{product_id}/unarchive',
    operation: 'unarchiveProduct',
    noun: 'Products',
    summary: 'Sell an archived product again',
    description: 'Answers nothing.',
  },
  async (ctx, { params }) => {
    await unarchiveProduct(ctx, params.product_id)
    return undefined
  },
)
