import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { updateGroup } from '#core/collections/edit-groups.ts'
import { groupName } from './collection-input.ts'

export const updateGroupBody = z
  .object({
    group_name: groupName.nullish().openapi({ description: 'null clears it' }),
    status: z.boolean().nullish().openapi({ description: 'false hides all of it' }),
    product_order: z
      .array(z.string())
      .max(100)
      .nullish()
      .openapi({ description: 'The ids of all its items, in order' }),
  })
  .openapi('UpdateCollectionGroup')

export const updateGroupEndpoint = endpoint(
  {
    method: 'patch',
    path: '/product-collections/{product_collection_id}/groups/{group_id}',
    operation: 'updateCollectionGroup',
    noun: 'Product collections',
    summary: 'Update a group',
    description: 'What is left out stays. Answers nothing.',
    body: updateGroupBody,
    example: { group_name: 'Yearly' },
    refusals: ['PRODUCT_COLLECTION_IS_DELETED'],
  },
  async (ctx, { params, body }) => {
    const { group_name, status, product_order } = body
    await updateGroup(ctx, params.product_collection_id, params.group_id, {
      ...(group_name === undefined ? {} : { group_name }),
      ...(status == null ? {} : { enabled: status }),
      ...(product_order ? { product_order } : {}),
    })
    return undefined
  },
)
