import { endpoint } from '#api/endpoint.ts'
import { getInstance } from '#core/licenses/queries.ts'
import { licenseKeyInstanceSchema, licenseKeyInstanceToWire } from '#wire/license-key-instance.ts'

export const retrieveInstanceEndpoint = endpoint(
  {
    method: 'get',
    path: '/license_key_instances/{license_key_instance_id}',
    operation: 'retrieveLicenseKeyInstance',
    noun: 'License keys',
    summary: 'Retrieve a device of a license key',
    answer: licenseKeyInstanceSchema,
  },
  async (ctx, { params }) => licenseKeyInstanceToWire(await getInstance(ctx, params.license_key_instance_id)),
)
