import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { instant } from '#api/input/instant.ts'
import { id, text } from '#api/input/text.ts'
import { withBrand } from '#core/brands/with-brands.ts'
import { importLicenseKey } from '#core/licenses/import-license-key.ts'
import { licenseKeySchema, licenseKeyToWire } from '#wire/license-key.ts'
import { activationsLimit } from './license-key-input.ts'

export const importLicenseKeyBody = z
  .object({
    customer_id: id('cus_0gyTQv4mR8nXw2LkP9sBd'),
    product_id: id('pdt_0gyTR3kUe7pWz9QhV2sJn'),
    key: text({ max: 255 }).openapi({ description: 'Unique', example: 'SUITE-2019-4711' }),
    activations_limit: activationsLimit.nullish(),
    expires_at: instant().nullish().openapi({ description: 'null: never' }),
  })
  .openapi('ImportLicenseKey')

export const importLicenseKeyEndpoint = endpoint(
  {
    method: 'post',
    path: '/license_keys',
    operation: 'importLicenseKey',
    noun: 'License keys',
    summary: 'Import a license key',
    differs: 'what is imported sends no event',
    description: 'A key that was sold elsewhere. Nobody is mailed, and no event is sent.',
    body: importLicenseKeyBody,
    example: {
      customer_id: 'cus_0gyTQv4mR8nXw2LkP9sBd',
      product_id: 'pdt_0gyTR3kUe7pWz9QhV2sJn',
      key: 'SUITE-2019-4711',
    },
    answer: licenseKeySchema,
    status: 201,
    refusals: ['NOT_FOUND', 'CONFLICT'],
  },
  async (ctx, { body }) => {
    const { customer_id, product_id, key, activations_limit = null, expires_at = null } = body
    const imported = await importLicenseKey(ctx, { customer_id, product_id, key, activations_limit, expires_at })
    return withBrand(ctx, licenseKeyToWire(imported))
  },
)
