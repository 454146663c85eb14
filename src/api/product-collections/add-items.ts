import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { addItems } from '#core/collections/edit-items.ts'
import { collectionItemSchema, collectionItemToWire } from '#wire/product-collection.ts'
import { productsInput, toItems } from './collection-input.ts'

export const addItemsBody = z.object({ products: productsInput.min(1) }).openapi('AddCollectionItems')

export const addItemsEndpoint = endpoint(
  {
    method: 'post',
    path: '/product-collections/{product_collection_id}/groups/{group_id}/items',
    operation: 'addCollectionItems',
    noun: 'Product collections',
    summary: 'Add products to a group',
    body: addItemsBody,
    example: { products: [{ product_id: 'pdt_0gyTR3kUe7pWz9QhV2sJn' }] },
    answer: z.array(collectionItemSchema),
    refusals: ['PRODUCT_COLLECTION_IS_DELETED'],
  },
  async (ctx, { params, body }) => (await addItems(ctx, params, toItems(body.products))).map(collectionItemToWire),
)
