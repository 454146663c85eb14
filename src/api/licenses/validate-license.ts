import { z } from '@hono/zod-openapi'
import { openEndpoint } from '#api/endpoint.ts'
import { id } from '#api/input/text.ts'
import { validateLicense } from '#core/licenses/validate-license.ts'
import { licenseValiditySchema } from '#wire/license-key-instance.ts'
import { heldKey } from './license-input.ts'

export const validateLicenseBody = z
  .object({
    ...heldKey,
    license_key_instance_id: id('lki_0gyTR3kUe7pWz9QhV2sJn')
      .nullish()
      .openapi({ description: 'Whether it works on this device' }),
  })
  .openapi('ValidateLicense')

export const validateLicenseEndpoint = openEndpoint(
  {
    method: 'post',
    path: '/licenses/validate',
    operation: 'validateLicense',
    noun: 'Licenses',
    summary: 'Say whether a license key works',
    description: 'False for a key that is unknown, disabled or expired, and for a device that is not one of its own.',
    body: validateLicenseBody,
    example: { license_key: '7H2KM-9QXPA-4D0ZC-T6WVE-3RN8B' },
    repeat: 'harmless',
    answer: licenseValiditySchema,
  },
  async (ctx, { body }) => {
    return { valid: await validateLicense(ctx, body.license_key, body.license_key_instance_id ?? null) }
  },
)
