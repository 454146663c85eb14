import { endpoint } from '#api/endpoint.ts'
import { uploadWords } from '#api/input/image.ts'
import { addressForImage } from '#core/images/upload-address.ts'
import { uploadAddressSchema } from '#wire/image.ts'

export const updateAddonImageEndpoint = endpoint(
  {
    method: 'put',
    path: '/addons/{addon_id}/images',
    operation: 'updateAddonImage',
    noun: 'Add-ons',
    summary: 'Give an add-on a picture',
    description: uploadWords,
    repeat: 'harmless',
    answer: uploadAddressSchema,
  },
  async (ctx, { params }) => addressForImage(ctx, 'addons', params.addon_id),
)
