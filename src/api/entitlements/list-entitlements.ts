import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { pageParams } from '#api/input/query.ts'
import { listEntitlements } from '#core/entitlements/queries.ts'
import { entitlementSchema, entitlementToWire, integrationTypeSchema } from '#wire/entitlement.ts'
import { listSchema } from '#wire/list.ts'
import { knownIntegration } from './integration-config.ts'

export const listEntitlementsQuery = z.object({ ...pageParams, integration_type: integrationTypeSchema.optional() })

export const listEntitlementsEndpoint = endpoint(
  {
    method: 'get',
    path: '/entitlements',
    operation: 'listEntitlements',
    noun: 'Entitlements',
    summary: 'List entitlements',
    query: listEntitlementsQuery,
    answer: listSchema(entitlementSchema),
  },
  async (ctx, { query }) => {
    const filter = knownIntegration(query)
    return { items: filter === undefined ? [] : (await listEntitlements(ctx, filter, query)).map(entitlementToWire) }
  },
)
