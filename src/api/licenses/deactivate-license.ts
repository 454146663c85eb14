import { z } from '@hono/zod-openapi'
import { openEndpoint } from '#api/endpoint.ts'
import { id } from '#api/input/text.ts'
import { deactivateLicense } from '#core/licenses/deactivate-license.ts'
import { heldKey } from './license-input.ts'

export const deactivateLicenseBody = z
  .object({ ...heldKey, license_key_instance_id: id('lki_0gyTR3kUe7pWz9QhV2sJn') })
  .openapi('DeactivateLicense')

export const deactivateLicenseEndpoint = openEndpoint(
  {
    method: 'post',
    path: '/licenses/deactivate',
    operation: 'deactivateLicense',
    noun: 'Licenses',
    summary: 'Deactivate a device of a license key',
    description:
      'Makes room for another, whether or not the key still works. An instance that is not one of this key’s is refused with 403.',
    body: deactivateLicenseBody,
    example: { license_key: '7H2KM-9QXPA-4D0ZC-T6WVE-3RN8B', license_key_instance_id: 'lki_0gyTR3kUe7pWz9QhV2sJn' },
    refusals: ['LICENSE_KEY_NOT_FOUND'],
  },
  async (ctx, { body }) => {
    await deactivateLicense(ctx, body.license_key, body.license_key_instance_id)
    return undefined
  },
)
