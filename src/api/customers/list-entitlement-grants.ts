import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { knownIntegration } from '#api/entitlements/integration-config.ts'
import { pageParams } from '#api/input/query.ts'
import { withBrands } from '#core/brands/with-brands.ts'
import { getCustomer } from '#core/customers/queries.ts'
import { listGrants } from '#core/entitlements/queries.ts'
import { integrationTypeSchema } from '#wire/entitlement.ts'
import { grantSchema, grantStatusSchema, grantToWire } from '#wire/entitlement-grant.ts'
import { listSchema } from '#wire/list.ts'

export const listCustomerGrantsQuery = z.object({
  ...pageParams,
  status: grantStatusSchema.optional(),
  integration_type: integrationTypeSchema.optional(),
})

export const listCustomerGrantsEndpoint = endpoint(
  {
    method: 'get',
    path: '/customers/{customer_id}/entitlement-grants',
    operation: 'listCustomerEntitlementGrants',
    noun: 'Customers',
    summary: 'List a customer’s grants, with what they delivered',
    query: listCustomerGrantsQuery,
    answer: listSchema(grantSchema),
  },
  async (ctx, { params, query }) => {
    const { customer_id } = await getCustomer(ctx, params.customer_id)
    const filter = knownIntegration(query)
    if (filter === undefined) return { items: [] }
    const grants = await listGrants(ctx, { ...filter, customer_id }, query)
    return { items: await withBrands(ctx, grants.map(grantToWire)) }
  },
)
