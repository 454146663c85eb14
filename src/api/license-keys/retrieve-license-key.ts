import { endpoint } from '#api/endpoint.ts'
import { withBrand } from '#core/brands/with-brands.ts'
import { getLicenseKey } from '#core/licenses/queries.ts'
import { licenseKeySchema, licenseKeyToWire } from '#wire/license-key.ts'

export const retrieveLicenseKeyEndpoint = endpoint(
  {
    method: 'get',
    path: '/license_keys/{license_key_id}',
    operation: 'retrieveLicenseKey',
    noun: 'License keys',
    summary: 'Retrieve a license key',
    answer: licenseKeySchema,
    refusals: ['LICENSE_KEY_NOT_FOUND'],
  },
  async (ctx, { params }) => withBrand(ctx, licenseKeyToWire(await getLicenseKey(ctx, params.license_key_id))),
)
