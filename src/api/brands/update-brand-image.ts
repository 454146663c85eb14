import { endpoint } from '#api/endpoint.ts'
import { uploadWords } from '#api/input/image.ts'
import { addressForImage } from '#core/images/upload-address.ts'
import { uploadAddressSchema } from '#wire/image.ts'

export const updateBrandImageEndpoint = endpoint(
  {
    method: 'put',
    path: '/brands/{brand_id}/images',
    operation: 'updateBrandImage',
    noun: 'Brands',
    summary: 'Give a brand a picture',
    description: uploadWords,
    repeat: 'harmless',
    answer: uploadAddressSchema,
    refusals: ['UNABLE_TO_EDIT_PRIMARY_BRAND', 'BRAND_NOT_ENABLED'],
  },
  async (ctx, { params }) => addressForImage(ctx, 'brands', params.brand_id),
)
