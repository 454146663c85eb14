import { z } from '@hono/zod-openapi'
import type { Selectable } from 'kysely'
import type { DB } from '#db/schema.ts'
import {
  digitalDeliveryOf,
  digitalDeliverySchema,
  type EntitlementBriefRow,
  featureOf,
  featureSchema,
  integrationTypeSchema,
} from './entitlement.ts'
import { licenseKeyStatusSchema } from './license-key.ts'
import { emptySchema, orNull } from './list.ts'
import { metadataSchema } from './metadata.ts'
import { rfc3339, rfc3339OrNull, timeSchema } from './rfc3339.ts'

export const grantStatusSchema = z.enum(['Pending', 'Delivered', 'Failed', 'Revoked']).openapi('GrantStatus')

const licenseKeyGrantSchema = z
  .object({
    id: z.string(),
    key: z.string(),
    status: licenseKeyStatusSchema,
    activations_limit: z.int().nullable(),
    activations_used: z.int().openapi({ description: 'On how many devices it is active now' }),
    expires_at: timeSchema('Its own end').nullable(),
  })
  .openapi('LicenseKeyGrant')

export const grantSchema = z
  .object({
    id: z.string().openapi({ example: 'entg_0gyTR3kUe7pWz9QhV2sJn' }),
    business_id: z.string(),
    brand_id: z.string().openapi({ description: 'The primary brand carries the id of the business' }),
    entitlement_id: z.string(),
    integration_type: integrationTypeSchema,
    customer_id: z.string(),
    payment_id: z.string().nullable(),
    subscription_id: z.string().nullable(),
    status: grantStatusSchema,
    revocation_reason: z.string().nullable().openapi({ example: 'subscription_on_hold' }),
    error_code: z.string().nullable(),
    error_message: z.string().nullable(),
    license_key: orNull(licenseKeyGrantSchema),
    feature: orNull(featureSchema),
    digital_product_delivery: orNull(digitalDeliverySchema),
    oauth_url: emptySchema('Where the customer connects an account'),
    oauth_expires_at: emptySchema('When that address ends'),
    metadata: metadataSchema,
    delivered_at: timeSchema('When it was last delivered').nullable(),
    revoked_at: timeSchema('When it was revoked').nullable(),
    created_at: timeSchema('When it was promised'),
    updated_at: timeSchema('When it last changed'),
  })
  .openapi('EntitlementGrant')

/** A grant as the list of a customer's entitlements shows it. */
export const customerEntitlementSchema = z
  .object({
    grant_id: z.string(),
    entitlement_id: z.string(),
    entitlement_name: z.string(),
    entitlement_description: z.string().nullable(),
    integration_type: integrationTypeSchema,
    status: z.enum(['pending', 'delivered', 'failed', 'revoked']),
    delivered_at: timeSchema('When it was last delivered').nullable(),
    revoked_at: timeSchema('When it was revoked').nullable(),
    created_at: timeSchema('When it was promised'),
    updated_at: timeSchema('When it last changed'),
  })
  .openapi('CustomerEntitlement')

type Key = Selectable<DB['license_keys']>
type Entitlement = Selectable<DB['entitlements']> & Pick<EntitlementBriefRow, 'files'>
export type GrantRow = Selectable<DB['entitlement_grants']> & { entitlement: Entitlement; license_key: Key | null }
export type WireGrant = z.output<typeof grantSchema>
export type WireCustomerEntitlement = z.output<typeof customerEntitlementSchema>

export function grantToWire(row: GrantRow): WireGrant {
  const { grant_id: id, business_id, entitlement_id, customer_id, payment_id, subscription_id } = row
  const { entitlement, status, revocation_reason, error_code, error_message, metadata } = row
  return {
    ...{ id, business_id, brand_id: business_id, entitlement_id, customer_id, payment_id, subscription_id },
    ...{
      integration_type: entitlement.integration_type,
      status,
      revocation_reason,
      error_code,
      error_message,
      metadata,
    },
    license_key: row.license_key === null ? null : keyToWire(row.license_key),
    feature: featureOf(entitlement),
    digital_product_delivery: digitalDeliveryOf(entitlement),
    oauth_url: null,
    oauth_expires_at: null,
    ...timesOf(row),
  }
}

export function customerEntitlementToWire(row: GrantRow): WireCustomerEntitlement {
  const { grant_id, entitlement_id, entitlement } = row
  return {
    grant_id,
    entitlement_id,
    entitlement_name: entitlement.name,
    entitlement_description: entitlement.description,
    integration_type: entitlement.integration_type,
    status: row.status.toLowerCase() as Lowercase<GrantRow['status']>,
    ...timesOf(row),
  }
}

function keyToWire({ license_key_id: id, key, status, activations_limit, instances_count, expires_at }: Key) {
  return {
    id,
    key,
    status,
    activations_limit,
    activations_used: instances_count,
    expires_at: rfc3339OrNull(expires_at),
  }
}

function timesOf({ delivered_at, revoked_at, created_at, updated_at }: GrantRow) {
  return {
    delivered_at: rfc3339OrNull(delivered_at),
    revoked_at: rfc3339OrNull(revoked_at),
    created_at: rfc3339(created_at),
    updated_at: rfc3339(updated_at),
  }
}
