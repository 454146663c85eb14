import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { createdParams, pageParams } from '#api/input/query.ts'
import { id } from '#api/input/text.ts'
import { withBrands } from '#core/brands/with-brands.ts'
import { listKeys } from '#core/licenses/list-keys.ts'
import {
  licenseKeySchema,
  licenseKeySourceSchema,
  licenseKeyStatusSchema,
  licenseKeyToWire,
} from '#wire/license-key.ts'
import { listSchema } from '#wire/list.ts'

export const listLicenseKeysQuery = z.object({
  ...pageParams,
  customer_id: id().optional(),
  product_id: id().optional(),
  status: licenseKeyStatusSchema.optional(),
  source: licenseKeySourceSchema.optional(),
  ...createdParams,
})

export const listLicenseKeysEndpoint = endpoint(
  {
    method: 'get',
    path: '/license_keys',
    operation: 'listLicenseKeys',
    noun: 'License keys',
    summary: 'List license keys',
    query: listLicenseKeysQuery,
    answer: listSchema(licenseKeySchema),
  },
  async (ctx, { query }) => ({
    items: await withBrands(ctx, (await listKeys(ctx, query, query)).map(licenseKeyToWire)),
  }),
)
