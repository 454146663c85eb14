// Pictures do not come by the API: it hands out an address to send one to, and takes the id of one that was sent.
import { z } from '@hono/zod-openapi'
import { booleanParam } from './query.ts'

export const uploadWords =
  'Answers an address: PUT a PNG, JPEG, WebP, AVIF or GIF of at most 2 MB there, and it is shown at once. It is drawn anew, without what its file told besides.'

export const imageId = z
  .string()
  .max(100)
  .nullish()
  .openapi({ description: 'Of a picture that was uploaded; null takes it away' })

export const forceUpdate = z.object({ force_update: booleanParam('Answers an image_id, too') })
