import { endpoint } from '#api/endpoint.ts'
import { archiveCollection } from '#core/collections/archive-collection.ts'

export const archiveCollectionEndpoint = endpoint(
  {
    method: 'delete',
    path: '/product-collections/{product_collection_id}',
    operation: 'archiveProductCollection',
    noun: 'Product collections',
    summary: 'Archive a collection',
    description: 'Its products may join another one. Answers nothing.',
    refusals: ['PRODUCT_COLLECTION_IS_DELETED'],
  },
  async (ctx, { params }) => {
    await archiveCollection(ctx, params.product_collection_id)
    return undefined
  },
)
