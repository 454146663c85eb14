import { endpoint } from '#api/endpoint.ts'
import { deleteGroup } from '#core/collections/edit-groups.ts'

export const deleteGroupEndpoint = endpoint(
  {
    method: 'delete',
    path: '/product-collections/{product_collection_id}/groups/{group_id}',
    operation: 'deleteCollectionGroup',
    noun: 'Product collections',
    summary: 'Take a group away',
    status: 204,
    refusals: ['PRODUCT_COLLECTION_IS_DELETED', 'PRODUCT_COLLECTION_MUST_HAVE_PRODUCTS'],
  },
  async (ctx, { params }) => {
    await deleteGroup(ctx, params.product_collection_id, params.group_id)
    return undefined
  },
)
