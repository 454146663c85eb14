import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { pageParams } from '#api/input/query.ts'
import { id } from '#api/input/text.ts'
import { withBrands } from '#core/brands/with-brands.ts'
import { getEntitlement, listGrants } from '#core/entitlements/queries.ts'
import { grantSchema, grantStatusSchema, grantToWire } from '#wire/entitlement-grant.ts'
import { listSchema } from '#wire/list.ts'

export const listGrantsQuery = z.object({
  ...pageParams,
  customer_id: id().optional(),
  status: grantStatusSchema.optional(),
})

export const listGrantsEndpoint = endpoint(
  {
    method: 'get',
    path: '/entitlements/{entitlement_id}/grants',
    operation: 'listEntitlementGrants',
    noun: 'Entitlements',
    summary: 'List the grants of an entitlement',
    query: listGrantsQuery,
    answer: listSchema(grantSchema),
  },
  async (ctx, { params, query }) => {
    const { entitlement_id } = await getEntitlement(ctx, params.entitlement_id)
    const grants = await listGrants(ctx, { ...query, entitlement_id }, query)
    return { items: await withBrands(ctx, grants.map(grantToWire)) }
  },
)
