import { endpoint } from '#api/endpoint.ts'
import { deleteItem } from '#core/collections/edit-items.ts'

export const deleteItemEndpoint = endpoint(
  {
    method: 'delete',
    path: '/product-collections/{product_collection_id}/groups/{group_id}/items/{item_id}',
    operation: 'deleteCollectionItem',
    noun: 'Product collections',
    summary: 'Take a product out of a group',
    status: 204,
    refusals: ['PRODUCT_COLLECTION_IS_DELETED', 'PRODUCT_COLLECTION_MUST_HAVE_PRODUCTS'],
  },
  async (ctx, { params }) => {
    await deleteItem(ctx, params, params.item_id)
    return undefined
  },
)
