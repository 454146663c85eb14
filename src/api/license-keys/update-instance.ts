import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { text } from '#api/input/text.ts'
import { renameInstance } from '#core/licenses/rename-instance.ts'
import { licenseKeyInstanceSchema, licenseKeyInstanceToWire } from '#wire/license-key-instance.ts'

export const updateInstanceBody = z
  .object({ name: text({ max: 255 }).openapi({ example: 'Studio Mac' }) })
  .openapi('UpdateLicenseKeyInstance')

export const updateInstanceEndpoint = endpoint(
  {
    method: 'patch',
    path: '/license_key_instances/{license_key_instance_id}',
    operation: 'updateLicenseKeyInstance',
    noun: 'License keys',
    summary: 'Rename a device of a license key',
    body: updateInstanceBody,
    example: { name: 'Studio Mac' },
    answer: licenseKeyInstanceSchema,
  },
  async (ctx, { params, body }) =>
    licenseKeyInstanceToWire(await renameInstance(ctx, params.license_key_instance_id, body.name)),
)
