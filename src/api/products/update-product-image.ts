import { endpoint } from '#api/endpoint.ts'
import { forceUpdate, uploadWords } from '#api/input/image.ts'
import { addressForImage } from '#core/images/upload-address.ts'
import { maybeNamedUploadSchema } from '#wire/image.ts'

export const updateProductImageEndpoint = endpoint(
  {
    method: 'put',
    path: '/products/{product_id}/images',
    operation: 'updateProductImage',
    noun: 'Products',
    summary: 'Give a product a picture',
    description: uploadWords,
    repeat: 'harmless',
    query: forceUpdate,
    answer: maybeNamedUploadSchema,
  },
  async (ctx, { params, query }) => {
    const { url, image_id } = await addressForImage(ctx, 'products', params.product_id)
    return { url, image_id: query.force_update ? image_id : null }
  },
)
