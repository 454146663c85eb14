import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { metadataInput } from '#api/input/metadata.ts'
import { text } from '#api/input/text.ts'
import { getEntitlement } from '#core/entitlements/queries.ts'
import { updateEntitlement } from '#core/entitlements/update-entitlement.ts'
import { entitlementSchema, entitlementToWire } from '#wire/entitlement.ts'
import { integrationConfigInput, readConfig, readFileLists } from './integration-config.ts'

export const updateEntitlementBody = z
  .object({
    name: text({ max: 255 }).nullish(),
    description: text({ max: 1_000, lines: true }).nullish(),
    integration_config: integrationConfigInput.optional(),
    metadata: metadataInput.nullish().openapi({ description: 'Replaces all of it' }),
  })
  .openapi('UpdateEntitlement')

export const updateEntitlementEndpoint = endpoint(
  {
    method: 'patch',
    path: '/entitlements/{entitlement_id}',
    operation: 'updateEntitlement',
    noun: 'Entitlements',
    summary: 'Update an entitlement',
    description:
      'What is left out stays; a new integration_config replaces the old one, and its lists of files where it holds them. Keys that are out stay as they are.',
    body: updateEntitlementBody,
    example: { name: 'Studio, desktop and tablet' },
    answer: entitlementSchema,
  },
  async (ctx, { params, body }) => {
    const { name, description, integration_config, metadata } = body
    const { integration_type } = await getEntitlement(ctx, params.entitlement_id)
    const files = integration_config ? readFileLists(integration_type, integration_config) : undefined
    const change = {
      ...(files === undefined ? {} : { files }),
      ...(name ? { name } : {}),
      ...(description === undefined ? {} : { description }),
      ...(integration_config ? { integration_config: readConfig(integration_type, integration_config) } : {}),
      ...(metadata ? { metadata } : {}),
    }
    return entitlementToWire(await updateEntitlement(ctx, params.entitlement_id, change))
  },
)
