import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { imageId } from '#api/input/image.ts'
import { id } from '#api/input/text.ts'
import { takeBrand } from '#core/brands/queries.ts'
import { updateCollection } from '#core/collections/update-collection.ts'
import { changeDefaultsInput, collectionDescription, collectionName, namedDefaults } from './collection-input.ts'

export const updateCollectionBody = z
  .object({
    name: collectionName.nullish(),
    description: collectionDescription.nullish().openapi({ description: 'null clears it' }),
    brand_id: id().nullish(),
    group_order: z.array(z.string()).max(50).nullish().openapi({ description: 'The ids of all groups, in order' }),
    image_id: imageId,
    ...changeDefaultsInput,
  })
  .openapi('UpdateProductCollection')

export const updateCollectionEndpoint = endpoint(
  {
    method: 'patch',
    path: '/product-collections/{product_collection_id}',
    operation: 'updateProductCollection',
    noun: 'Product collections',
    summary: 'Update a collection',
    description: 'What is left out stays. Answers nothing.',
    body: updateCollectionBody,
    example: { name: 'Studio plans', on_payment_failure: 'prevent_change' },
    refusals: ['PRODUCT_COLLECTION_IS_DELETED'],
  },
  async (ctx, { params, body }) => {
    const brand_id = body.brand_id ? await takeBrand(ctx, body.brand_id) : undefined
    const { name, description, group_order, image_id } = body
    await updateCollection(ctx, params.product_collection_id, {
      ...(name ? { name } : {}),
      ...(brand_id === undefined ? {} : { brand_id }),
      ...(description === undefined ? {} : { description }),
      ...(group_order ? { group_order } : {}),
      image_id,
      ...namedDefaults(body),
    })
    return undefined
  },
)
