import { z } from '@hono/zod-openapi'
import type { Selectable } from 'kysely'
import type { DB } from '#db/schema.ts'
import { rfc3339, rfc3339OrNull, timeSchema } from './rfc3339.ts'

export const licenseKeyStatusSchema = z.enum(['active', 'expired', 'disabled'])
export const licenseKeySourceSchema = z.enum(['auto', 'import', 'manual'])

export const licenseKeySchema = z
  .object({
    id: z.string().openapi({ example: 'lic_0gyTR3kUe7pWz9QhV2sJn' }),
    business_id: z.string(),
    brand_id: z.string().openapi({ description: 'The primary brand carries the id of the business' }),
    customer_id: z.string(),
    product_id: z.string(),
    payment_id: z.string().nullable(),
    subscription_id: z.string().nullable(),
    key: z.string().openapi({ example: '7H2KM-9QXPA-4D0ZC-T6WVE-3RN8B' }),
    status: licenseKeyStatusSchema,
    source: licenseKeySourceSchema.openapi({ description: 'Made here, brought along, or supplied for a grant' }),
    activations_limit: z.int().nullable().openapi({ description: 'null: as many devices as wanted' }),
    instances_count: z.int().openapi({ description: 'On how many devices it is active now' }),
    expires_at: timeSchema('Its own end; null for ever, or as long as the subscription').nullable(),
    created_at: timeSchema('When it was created'),
  })
  .openapi('LicenseKey')

type LicenseKeyRow = Selectable<DB['license_keys']>
export type WireLicenseKey = z.output<typeof licenseKeySchema>

export function licenseKeyToWire(row: LicenseKeyRow): WireLicenseKey {
  const { license_key_id: id, business_id, customer_id, product_id, payment_id, subscription_id, key } = row
  const { status, source, activations_limit, instances_count } = row
  return {
    ...{ id, business_id, brand_id: business_id, customer_id, product_id, payment_id, subscription_id, key },
    ...{ status, source, activations_limit, instances_count },
    expires_at: rfc3339OrNull(row.expires_at),
    created_at: rfc3339(row.created_at),
  }
}
