import { endpoint } from '#api/endpoint.ts'
import { getEntitlement } from '#core/entitlements/queries.ts'
import { entitlementSchema, entitlementToWire } from '#wire/entitlement.ts'

export const retrieveEntitlementEndpoint = endpoint(
  {
    method: 'get',
    path: '/entitlements/{entitlement_id}',
    operation: 'retrieveEntitlement',
    noun: 'Entitlements',
    summary: 'Retrieve an entitlement',
    answer: entitlementSchema,
  },
  async (ctx, { params }) => entitlementToWire(await getEntitlement(ctx, params.entitlement_id)),
)
