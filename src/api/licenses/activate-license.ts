import { z } from '@hono/zod-openapi'
import { openEndpoint } from '#api/endpoint.ts'
import { text } from '#api/input/text.ts'
import { activateLicense } from '#core/licenses/activate-license.ts'
import { activatedInstanceSchema, activatedInstanceToWire } from '#wire/license-key-instance.ts'
import { heldKey } from './license-input.ts'

export const activateLicenseBody = z
  .object({ ...heldKey, name: text({ max: 255 }).openapi({ description: 'Of the device', example: 'Studio Mac' }) })
  .openapi('ActivateLicense')

export const activateLicenseEndpoint = openEndpoint(
  {
    method: 'post',
    path: '/licenses/activate',
    operation: 'activateLicense',
    noun: 'Licenses',
    summary: 'Activate a license key on a device',
    description: 'Asked by the program itself, without an API key. Every call is one more device.',
    body: activateLicenseBody,
    example: { license_key: '7H2KM-9QXPA-4D0ZC-T6WVE-3RN8B', name: 'Studio Mac' },
    answer: activatedInstanceSchema,
    status: 201,
    refusals: ['LICENSE_KEY_NOT_FOUND', 'INACTIVE_LICENSE_KEY', 'LICENSE_KEY_LIMIT_REACHED'],
  },
  async (ctx, { body }) => activatedInstanceToWire(await activateLicense(ctx, body.license_key, body.name)),
)
