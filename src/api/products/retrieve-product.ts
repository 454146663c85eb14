import { endpoint } from '#api/endpoint.ts'
import { getProduct } from '#core/catalog/queries.ts'
import { productSchema, productToWire } from '#wire/product.ts'

export const retrieveProductEndpoint = endpoint(
  {
    method: 'get',
    path: '/products/{product_id}',
    operation: 'retrieveProduct',
    noun: 'Products',
    summary: 'Retrieve a product',
    answer: productSchema,
  },
  async (ctx, { params }) => productToWire(await getProduct(ctx, params.product_id), ctx.urls),
)
