import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { id } from '#api/input/text.ts'
import { takeBrand } from '#core/brands/queries.ts'
import { createCollection } from '#core/collections/create-collection.ts'
import { getCollection } from '#core/collections/queries.ts'
import { collectionSchema, collectionToWire } from '#wire/product-collection.ts'
import {
  changeDefaultsInput,
  collectionDescription,
  collectionName,
  groupInput,
  namedDefaults,
  toGroup,
} from './collection-input.ts'

export const createCollectionBody = z
  .object({
    name: collectionName,
    description: collectionDescription.nullish(),
    brand_id: id().nullish(),
    groups: z.array(groupInput).max(50),
    ...changeDefaultsInput,
  })
  .openapi('CreateProductCollection')

export const createCollectionEndpoint = endpoint(
  {
    method: 'post',
    path: '/product-collections',
    operation: 'createProductCollection',
    noun: 'Product collections',
    summary: 'Create a collection',
    description: 'Customers may change between the plans of one collection. A product belongs to one at most.',
    body: createCollectionBody,
    example: { name: 'Plans', groups: [{ products: [{ product_id: 'pdt_0gyTR3kUe7pWz9QhV2sJn' }] }] },
    answer: collectionSchema,
    refusals: ['PRODUCT_COLLECTION_MUST_HAVE_PRODUCTS'],
  },
  async (ctx, { body }) => {
    const brand_id = (await takeBrand(ctx, body.brand_id)) ?? null
    const { name, description = null, groups } = body
    const input = { name, description, brand_id, groups: groups.map(toGroup), ...namedDefaults(body) }
    const { product_collection_id } = await createCollection(ctx, input)
    return collectionToWire(await getCollection(ctx, product_collection_id), ctx.urls)
  },
)
