import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { updateItem } from '#core/collections/edit-items.ts'

export const updateItemBody = z
  .object({ status: z.boolean().openapi({ description: 'Whether the product is offered' }) })
  .openapi('UpdateCollectionItem')

export const updateItemEndpoint = endpoint(
  {
    method: 'patch',
    path: '/product-collections/{product_collection_id}/groups/{group_id}/items/{item_id}',
    operation: 'updateCollectionItem',
    noun: 'Product collections',
    summary: 'Show or hide a product of a group',
    description: 'Answers nothing.',
    body: updateItemBody,
    example: { status: false },
    refusals: ['PRODUCT_COLLECTION_IS_DELETED'],
  },
  async (ctx, { params, body }) => {
    await updateItem(ctx, params, params.item_id, { enabled: body.status })
    return undefined
  },
)
