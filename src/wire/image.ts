import { z } from '@hono/zod-openapi'
import type { Urls } from '#src/urls.ts'

export const imageSchema = z
  .string()
  .nullable()
  .openapi({ description: 'Address of its picture, which never shows another one', example: null })

export function imageToWire(
  urls: Pick<Urls, 'image'>,
  { business_id, image }: { business_id: string; image: string | null },
): string | null {
  return image === null ? null : urls.image(business_id, image)
}

export const uploadAddressSchema = z
  .object({
    url: z.string().openapi({ description: 'Where to PUT the picture, within 15 minutes and without a key' }),
    image_id: z.string().openapi({ description: 'Names the picture in updates, once it was sent' }),
  })
  .openapi('ImageUpload')

export const maybeNamedUploadSchema = uploadAddressSchema
  .extend({
    image_id: z.string().nullable().openapi({ description: 'null unless force_update asks for one' }),
  })
  .openapi('ProductImageUpload')
