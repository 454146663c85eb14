import { endpoint } from '#api/endpoint.ts'
import { forceUpdate, uploadWords } from '#api/input/image.ts'
import { addressForImage } from '#core/images/upload-address.ts'
import { maybeNamedUploadSchema } from '#wire/image.ts'

export const updateProductCollectionImageEndpoint = endpoint(
  {
    method: 'put',
    path: '/product-collections/{product_collection_id}/images',
    operation: 'updateProductCollectionImage',
    noun: 'Product collections',
    summary: 'Give a collection a picture',
    description: uploadWords,
    repeat: 'harmless',
    query: forceUpdate,
    answer: maybeNamedUploadSchema,
    refusals: ['PRODUCT_COLLECTION_IS_DELETED'],
  },
  async (ctx, { params, query }) => {
    const { url, image_id } = await addressForImage(ctx, 'product_collections', params.product_collection_id)
    return { url, image_id: query.force_update ? image_id : null }
  },
)
