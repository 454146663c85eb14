import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { instant } from '#api/input/instant.ts'
import { text } from '#api/input/text.ts'
import { activationsLimit } from '#api/license-keys/license-key-input.ts'
import { withBrand } from '#core/brands/with-brands.ts'
import { fulfillLicenseKey } from '#core/entitlements/fulfill-license-key.ts'
import { grantSchema, grantToWire } from '#wire/entitlement-grant.ts'

export const fulfillLicenseKeyBody = z
  .object({
    key: text({ max: 255 }).openapi({ example: 'SUITE-2026-0815' }),
    activations_limit: activationsLimit.nullish().openapi({ description: 'The entitlement’s where it is left out' }),
    expires_at: instant().nullish().openapi({ description: 'By the entitlement’s duration where it is left out' }),
  })
  .openapi('FulfillLicenseKey')

export const fulfillLicenseKeyEndpoint = endpoint(
  {
    method: 'post',
    path: '/grants/{grant_id}/license-key',
    operation: 'fulfillLicenseKey',
    noun: 'Entitlements',
    summary: 'Supply the key a grant waits for',
    description: 'Of an entitlement with manual fulfilment; once for each grant.',
    body: fulfillLicenseKeyBody,
    example: { key: 'SUITE-2026-0815' },
    answer: grantSchema,
    refusals: ['CONFLICT', 'NO_EXPIRY_ON_SUBSCRIPTION_LICENSE_KEYS'],
  },
  async (ctx, { params, body }) => {
    const { key, activations_limit, expires_at } = body
    const supplied = { key, activations_limit: activations_limit ?? undefined, expires_at: expires_at ?? undefined }
    return withBrand(ctx, grantToWire(await fulfillLicenseKey(ctx, params.grant_id, supplied)))
  },
)
