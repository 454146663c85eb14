import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { booleanParam, brandParam, pageParams } from '#api/input/query.ts'
import { brandColumn } from '#core/brands/queries.ts'
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
    const brand_id = brandColumn(ctx, query.brand_id)
    const products = await listProducts(ctx, { ...query, brand_id }, query)
    return { items: products.map((product) => productListItemToWire(product, ctx.urls)) }
  },
)
