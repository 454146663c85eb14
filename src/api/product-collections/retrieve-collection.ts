import { endpoint } from '#api/endpoint.ts'
import { getCollection } from '#core/collections/queries.ts'
import { collectionSchema, collectionToWire } from '#wire/product-collection.ts'

export const retrieveCollectionEndpoint = endpoint(
  {
    method: 'get',
    path: '/product-collections/{product_collection_id}',
    operation: 'retrieveProductCollection',
    noun: 'Product collections',
    summary: 'Retrieve a collection',
    answer: collectionSchema,
  },
  async (ctx, { params }) => collectionToWire(await getCollection(ctx, params.product_collection_id), ctx.urls),
)
