import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { booleanParam, brandParam, pageParams } from '#api/input/query.ts'
import { isOwnBrand } from '#api/own-brand.ts'
import { listProducts } from '#core/catalog/queries.ts'
import { listSchema } from '#wire/list.ts'
import { productListItemSchema, productListItemToWire } from '#wire/product-list-item.ts'

export const listProductsQuery = z.object({
  ...pageParams,
  archived: booleanParam('The archived ones instead'),
  recurring: booleanParam('Only subscriptions, or only one-time products'),
  ...brandParam,
})

export const listProductsEndpoint = endpoint(
  {
    method: 'get',
    path: '/products',
    operation: 'listProducts',
    noun: 'Products',
    summary: 'List products',
    query: listProductsQuery,
    answer: listSchema(productListItemSchema),
  },
  async (ctx, { query }) => {
    if (!isOwnBrand(ctx, query.brand_id)) return { items: [] }
    const products = await listProducts(ctx, query, query)
    return { items: products.map(productListItemToWire) }
  },
)
