import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { booleanParam, brandParam, pageParams } from '#api/input/query.ts'
import { brandColumn } from '#core/brands/queries.ts'
import { listCollections } from '#core/collections/queries.ts'
import { listSchema } from '#wire/list.ts'
import { collectionListItemSchema, collectionListItemToWire } from '#wire/product-collection.ts'

export const listCollectionsQuery = z.object({
  ...pageParams,
  archived: booleanParam('The archived ones instead'),
  ...brandParam,
})

export const listCollectionsEndpoint = endpoint(
  {
    method: 'get',
    path: '/product-collections',
    operation: 'listProductCollections',
    noun: 'Product collections',
    summary: 'List collections',
    query: listCollectionsQuery,
    answer: listSchema(collectionListItemSchema),
  },
  async (ctx, { query }) => {
    const filter = { ...query, brand_id: brandColumn(ctx, query.brand_id) }
    return { items: (await listCollections(ctx, filter, query)).map((row) => collectionListItemToWire(row, ctx.urls)) }
  },
)
