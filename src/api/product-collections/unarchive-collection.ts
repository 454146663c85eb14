import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { unarchiveCollection } from '#core/collections/archive-collection.ts'

export const unarchivedSchema = z
  .object({
    collection_id: z.string(),
    excluded_product_ids: z
      .array(z.string())
      .openapi({ description: 'Products that joined another collection meanwhile and stay there' }),
    message: z.string(),
  })
  .openapi('UnarchivedProductCollection')

export const unarchiveCollectionEndpoint = endpoint(
  {
    method: 'post',
    path: '/product-collections/{product_collection_id}/unarchive',
    operation: 'unarchiveProductCollection',
    noun: 'Product collections',
    summary: 'Bring an archived collection back',
    answer: unarchivedSchema,
    refusals: ['PRODUCT_COLLECTION_MUST_HAVE_PRODUCTS'],
  },
  async (ctx, { params }) => {
    const { product_collection_id: collection_id } = params
    const excluded_product_ids = await unarchiveCollection(ctx, collection_id)
    const left = excluded_product_ids.length
    const message = left === 0 ? 'All products are back' : `${left} stayed in the collection they joined meanwhile`
    return { collection_id, excluded_product_ids, message }
  },
)
