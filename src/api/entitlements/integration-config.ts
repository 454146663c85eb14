// What an entitlement unlocks, as it comes in: another shape for each integration_type.
import { z } from '@hono/zod-openapi'
import { id, text, webAddress } from '#api/input/text.ts'
import { validate } from '#api/validate.ts'
import type { NewEntitlement } from '#core/entitlements/create-entitlement.ts'
import type { FileLists } from '#core/files/attach-files.ts'
import { AppError } from '#src/errors.ts'
import { timeIntervalSchema } from '#wire/codes.ts'
import type { WireEntitlement } from '#wire/entitlement.ts'

export const integrationConfigInput = z.unknown().openapi({
  type: 'object',
  description:
    'license_key: activation_message, activations_limit, duration_count with duration_interval, fulfillment_mode. ' +
    'feature_flag: feature_id, feature_type. digital_files: digital_file_ids, legacy_file_ids, external_url, instructions.',
})

const licenseKeyConfig = z
  .object({
    activation_message: text({ max: 2_500, lines: true }).nullable().default(null),
    activations_limit: z.int().min(1).max(1_000_000).nullable().default(null),
    duration_count: z.int().min(1).max(10_000).nullable().default(null),
    duration_interval: timeIntervalSchema.nullable().default(null),
    fulfillment_mode: z.enum(['auto', 'manual']).nullish(),
  })
  .refine(({ duration_count, duration_interval }) => (duration_count === null) === (duration_interval === null), {
    message: 'must hold both duration_count and duration_interval, or neither',
  })
  .transform((config) => ({ ...config, fulfillment_mode: config.fulfillment_mode ?? 'auto' }))

const configs = {
  license_key: licenseKeyConfig,
  feature_flag: z.object({ feature_id: text({ max: 255 }), feature_type: z.literal('boolean') }),
  digital_files: z.object({
    external_url: webAddress().nullable().default(null),
    instructions: text({ max: 2_500, lines: true }).nullable().default(null),
  }),
} satisfies Record<NewEntitlement['integration_type'], z.ZodType<NewEntitlement['integration_config']>>

/** Throws UNSUPPORTED_ACTION for a platform that is not connected here: nothing could be delivered to it. */
export function assertKnownIntegration(type: WireEntitlement['integration_type']): NewEntitlement['integration_type'] {
  if (type in configs) return type as NewEntitlement['integration_type']
  throw new AppError('UNSUPPORTED_ACTION', {
    message: `${type} is not connected here; use ${Object.keys(configs).join(', ')}`,
    field: 'integration_type',
  })
}

export function readConfig(
  type: NewEntitlement['integration_type'],
  integration_config: unknown,
): NewEntitlement['integration_config'] {
  const schema = z.object({ integration_config: configs[type] as z.ZodType<NewEntitlement['integration_config']> })
  return validate(schema, { integration_config }, 'INVALID_REQUEST_BODY').integration_config
}

const fileIds = z.array(id()).max(100)
const fileLists = z.object({
  integration_config: z.object({ digital_file_ids: fileIds.optional(), legacy_file_ids: fileIds.nullish() }),
})

/** Which files it delivers, where it delivers files; what is left out stays as it is, null takes all of them off. */
export function readFileLists(
  type: NewEntitlement['integration_type'],
  integration_config: unknown,
): FileLists | undefined {
  if (type !== 'digital_files') return undefined
  const read = validate(fileLists, { integration_config }, 'INVALID_REQUEST_BODY').integration_config
  return {
    digital_file_ids: read.digital_file_ids,
    legacy_file_ids: read.legacy_file_ids === null ? [] : read.legacy_file_ids,
  }
}

/** A filter by integration, for the list; undefined where nothing can be found by it. */
export function knownIntegration<Query extends { integration_type?: WireEntitlement['integration_type'] | undefined }>(
  query: Query,
): (Query & { integration_type?: NewEntitlement['integration_type'] | undefined }) | undefined {
  const { integration_type } = query
  return integration_type === undefined || integration_type in configs
    ? (query as Query & { integration_type?: NewEntitlement['integration_type'] })
    : undefined
}
