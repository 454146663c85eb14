import { z } from '@hono/zod-openapi'
import type { Selectable } from 'kysely'
import type { DB } from '#db/schema.ts'
import { type CustomerBriefRow, customerBriefSchema, customerBriefToWire } from './customer.ts'
import { rfc3339, timeSchema } from './rfc3339.ts'

const base = {
  id: z.string().openapi({ example: 'lki_0gyTR3kUe7pWz9QhV2sJn' }),
  business_id: z.string(),
  license_key_id: z.string().openapi({ example: 'lic_0gyTR3kUe7pWz9QhV2sJn' }),
  name: z.string().openapi({ description: 'Of the device', example: 'Studio Mac' }),
  created_at: timeSchema('When the key was activated on it'),
}

export const licenseKeyInstanceSchema = z.object(base).openapi('LicenseKeyInstance')

/** What the program that activates a key is told. */
export const activatedInstanceSchema = z
  .object({
    ...base,
    customer: customerBriefSchema,
    product: z.object({ product_id: z.string(), name: z.string().nullable() }),
  })
  .openapi('ActivatedLicenseKeyInstance')

export const licenseValiditySchema = z.object({ valid: z.boolean() }).openapi('LicenseValidity')

type InstanceRow = Selectable<DB['license_key_instances']>
export type WireLicenseKeyInstance = z.output<typeof licenseKeyInstanceSchema>
export type WireActivatedInstance = z.output<typeof activatedInstanceSchema>
export type WireLicenseValidity = z.output<typeof licenseValiditySchema>

export function licenseKeyInstanceToWire(row: InstanceRow): WireLicenseKeyInstance {
  const { license_key_instance_id: id, business_id, license_key_id, name, created_at } = row
  return { id, business_id, license_key_id, name, created_at: rfc3339(created_at) }
}

export function activatedInstanceToWire(
  row: InstanceRow & { customer: CustomerBriefRow; product: { product_id: string; name: string } },
): WireActivatedInstance {
  return { ...licenseKeyInstanceToWire(row), customer: customerBriefToWire(row.customer), product: row.product }
}
