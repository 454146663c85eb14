import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { text } from '#api/input/text.ts'
import { expectFile } from '#core/files/expect-file.ts'

export const expectFileBody = z
  .object({ file_name: text({ max: 255 }).openapi({ description: 'What customers will see and save it as' }) })
  .openapi('UploadProductFile')

export const expectFileEndpoint = endpoint(
  {
    method: 'put',
    path: '/products/{product_id}/files',
    operation: 'uploadProductFile',
    noun: 'Products',
    summary: 'Get an address to upload a file to',
    differs: 'the address is good for 15 minutes instead of 60 seconds',
    description:
      'PUT the bytes to `url` within 15 minutes, without an API key, at most 500 MiB, once; its Content-Type is kept. Then name ' +
      '`file_id` in `digital_product_delivery.files` of the product, or in `digital_file_ids` of an entitlement, within a day.',
    body: expectFileBody,
    example: { file_name: 'brushes.zip' },
    answer: z.object({ url: z.string(), file_id: z.uuid() }).openapi('ProductFileUpload'),
  },
  (ctx, { params, body }) => expectFile(ctx, params.product_id, body.file_name),
)
