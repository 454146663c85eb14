import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { metadataInput } from '#api/input/metadata.ts'
import { text } from '#api/input/text.ts'
import { createEntitlement } from '#core/entitlements/create-entitlement.ts'
import { entitlementSchema, entitlementToWire, integrationTypeSchema } from '#wire/entitlement.ts'
import { assertKnownIntegration, integrationConfigInput, readConfig, readFileLists } from './integration-config.ts'

export const createEntitlementBody = z
  .object({
    name: text({ max: 255 }).openapi({ example: 'Studio, desktop' }),
    description: text({ max: 1_000, lines: true }).nullish(),
    integration_type: integrationTypeSchema,
    integration_config: integrationConfigInput,
    metadata: metadataInput.optional(),
  })
  .openapi('CreateEntitlement')

export const createEntitlementEndpoint = endpoint(
  {
    method: 'post',
    path: '/entitlements',
    operation: 'createEntitlement',
    noun: 'Entitlements',
    summary: 'Create an entitlement',
    differs: 'license keys, features and files; another platform is refused',
    description: 'Attach it to products; whoever buys one of them from then on is granted it.',
    body: createEntitlementBody,
    example: { name: 'Studio, desktop', integration_type: 'license_key', integration_config: { activations_limit: 3 } },
    answer: entitlementSchema,
    refusals: ['UNSUPPORTED_ACTION'],
  },
  async (ctx, { body }) => {
    const integration_type = assertKnownIntegration(body.integration_type)
    const files = readFileLists(integration_type, body.integration_config)
    const entitlement = await createEntitlement(ctx, {
      name: body.name,
      description: body.description ?? null,
      integration_type,
      integration_config: readConfig(integration_type, body.integration_config),
      metadata: body.metadata ?? {},
      ...(files === undefined ? {} : { files }),
    })
    return entitlementToWire(entitlement)
  },
)
