import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { instant } from '#api/input/instant.ts'
import { withBrand } from '#core/brands/with-brands.ts'
import { updateLicenseKey } from '#core/licenses/update-license-key.ts'
import { licenseKeySchema, licenseKeyToWire } from '#wire/license-key.ts'
import { activationsLimit } from './license-key-input.ts'

export const updateLicenseKeyBody = z
  .object({
    activations_limit: activationsLimit.nullish(),
    disabled: z.boolean().nullish().openapi({ description: 'true revokes its grant, false delivers it again' }),
    expires_at: instant().nullish().openapi({ description: 'null: never. Not of a key of a subscription' }),
  })
  .openapi('UpdateLicenseKey')

export const updateLicenseKeyEndpoint = endpoint(
  {
    method: 'patch',
    path: '/license_keys/{license_key_id}',
    operation: 'updateLicenseKey',
    noun: 'License keys',
    summary: 'Update a license key',
    description: 'What is left out stays as it is; null clears a limit or an end.',
    body: updateLicenseKeyBody,
    example: { activations_limit: 5 },
    answer: licenseKeySchema,
    refusals: [
      'LICENSE_KEY_NOT_FOUND',
      'ACTIVATION_LIMIT_LESS_THAN_CURRENT_AMOUNT',
      'NO_EXPIRY_ON_SUBSCRIPTION_LICENSE_KEYS',
      'UNSUPPORTED_ACTION',
    ],
  },
  async (ctx, { params, body }) => {
    const { activations_limit, expires_at, disabled } = body
    const change = {
      ...(activations_limit === undefined ? {} : { activations_limit }),
      ...(expires_at === undefined ? {} : { expires_at }),
      ...(disabled === undefined || disabled === null ? {} : { disabled }),
    }
    return withBrand(ctx, licenseKeyToWire(await updateLicenseKey(ctx, params.license_key_id, change)))
  },
)
