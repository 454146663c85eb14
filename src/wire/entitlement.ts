import { z } from '@hono/zod-openapi'
import type { Selectable } from 'kysely'
import type { DigitalFilesConfig, FeatureFlagConfig, LicenseKeyConfig } from '#db/json-types.ts'
import type { DB } from '#db/schema.ts'
import { timeIntervalSchema } from './codes.ts'
import { metadataSchema } from './metadata.ts'
import { rfc3339, timeSchema } from './rfc3339.ts'

/** All that the API knows; the last three are those that can be made here. */
export const integrationTypeSchema = z
  .enum([
    ...(['discord', 'telegram', 'github', 'figma', 'framer', 'notion'] as const),
    ...(['digital_files', 'license_key', 'feature_flag'] as const),
  ])
  .openapi('EntitlementIntegrationType', { example: 'license_key' })

const licenseKeyConfigSchema = z
  .object({
    activation_message: z.string().nullable(),
    activations_limit: z.int().nullable().openapi({ description: 'Devices per key; null: as many as wanted' }),
    duration_count: z.int().nullable().openapi({ description: 'How long a key bought once lasts; null: for ever' }),
    duration_interval: z.union([timeIntervalSchema, z.null()]),
    fulfillment_mode: z.enum(['auto', 'manual']).openapi({ description: 'manual: you supply each key' }),
  })
  .openapi('LicenseKeyConfig')

export const featureSchema = z
  .object({ feature_id: z.string().openapi({ example: 'exports' }), feature_type: z.literal('boolean') })
  .openapi('Feature')

const digitalFileSchema = z
  .object({
    file_id: z.string(),
    filename: z.string().openapi({ example: 'brushes.zip' }),
    content_type: z.string().nullable().openapi({ description: 'As it was declared when it was uploaded' }),
    file_size: z.int().openapi({ description: 'In bytes' }),
    download_url: z.string().openapi({ description: 'Opens the file without an API key, until it ends' }),
    expires_in: z.int().openapi({ description: 'Seconds until download_url ends' }),
  })
  .openapi('DigitalFile')

export const digitalDeliverySchema = z
  .object({
    files: z.array(digitalFileSchema).openapi({ description: 'Files kept here; of a grant, while it is delivered' }),
    external_url: z.string().nullable(),
    instructions: z.string().nullable(),
  })
  .openapi('DigitalProductDelivery')

const integrationConfigSchema = z.union([
  featureSchema,
  z.object({ digital_files: digitalDeliverySchema }),
  licenseKeyConfigSchema,
])

/** An entitlement as products name it. */
export const entitlementBriefSchema = z
  .object({
    id: z.string().openapi({ example: 'ent_0gyTR3kUe7pWz9QhV2sJn' }),
    name: z.string().openapi({ example: 'Studio, desktop' }),
    description: z.string().nullable(),
    integration_type: integrationTypeSchema,
    integration_config: integrationConfigSchema,
  })
  .openapi('EntitlementBrief')

export const entitlementSchema = entitlementBriefSchema
  .extend({
    business_id: z.string(),
    is_active: z.boolean().openapi({ description: 'Always true: a deleted one is not found' }),
    metadata: metadataSchema,
    created_at: timeSchema('When it was created'),
    updated_at: timeSchema('When it was last changed'),
  })
  .openapi('Entitlement')

type EntitlementRow = Selectable<DB['entitlements']>
type Integration = Pick<EntitlementRow, 'integration_type' | 'integration_config'>
/** With the files it delivers, as they are told. */
type WithFiles = { files: z.output<typeof digitalFileSchema>[] }
export type EntitlementBriefRow = Integration &
  WithFiles &
  Pick<EntitlementRow, 'entitlement_id' | 'name' | 'description'>
export type WireEntitlement = z.output<typeof entitlementSchema>
export type WireEntitlementBrief = z.output<typeof entitlementBriefSchema>

export function entitlementBriefToWire(row: EntitlementBriefRow): WireEntitlementBrief {
  const { entitlement_id: id, name, description, integration_type } = row
  return { id, name, description, integration_type, integration_config: integrationConfigToWire(row) }
}

export function entitlementToWire(row: EntitlementRow & WithFiles): WireEntitlement {
  return {
    ...entitlementBriefToWire(row),
    business_id: row.business_id,
    is_active: row.deleted_at === null,
    metadata: row.metadata,
    created_at: rfc3339(row.created_at),
    updated_at: rfc3339(row.updated_at),
  }
}

export function featureOf({ integration_type, integration_config }: Integration): FeatureFlagConfig | null {
  return integration_type === 'feature_flag' ? (integration_config as FeatureFlagConfig) : null
}

export function digitalDeliveryOf({ integration_type, integration_config, files }: Integration & WithFiles) {
  if (integration_type !== 'digital_files') return null
  const { external_url, instructions } = integration_config as DigitalFilesConfig
  return { files: files.map(fileToWire), external_url, instructions }
}

function fileToWire(file: WithFiles['files'][number]) {
  const { file_id, filename, content_type, file_size, download_url, expires_in } = file
  return { file_id, filename, content_type, file_size, download_url, expires_in }
}

function integrationConfigToWire(row: Integration & WithFiles): WireEntitlementBrief['integration_config'] {
  const digital_files = digitalDeliveryOf(row)
  if (digital_files !== null) return { digital_files }
  return featureOf(row) ?? (row.integration_config as LicenseKeyConfig)
}
