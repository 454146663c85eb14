import { endpoint } from '#api/endpoint.ts'
import { createGroup } from '#core/collections/edit-groups.ts'
import { listGroups } from '#core/collections/queries.ts'
import { notFound } from '#src/errors.ts'
import { collectionGroupSchema, collectionGroupToWire } from '#wire/product-collection.ts'
import { groupInput, toGroup } from './collection-input.ts'

export const createGroupEndpoint = endpoint(
  {
    method: 'post',
    path: '/product-collections/{product_collection_id}/groups',
    operation: 'createCollectionGroup',
    noun: 'Product collections',
    summary: 'Add a group',
    body: groupInput,
    example: { group_name: 'Yearly', products: [{ product_id: 'pdt_0gyTR3kUe7pWz9QhV2sJn' }] },
    answer: collectionGroupSchema,
    refusals: ['PRODUCT_COLLECTION_IS_DELETED', 'PRODUCT_COLLECTION_MUST_HAVE_PRODUCTS'],
  },
  async (ctx, { params, body }) => {
    const group_id = await createGroup(ctx, params.product_collection_id, toGroup(body))
    const groups = await listGroups(ctx, params.product_collection_id)
    const made = groups.find((group) => group.group_id === group_id)
    if (made === undefined) throw notFound('group')
    return collectionGroupToWire(made)
  },
)
