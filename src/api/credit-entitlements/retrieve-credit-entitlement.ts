import { endpoint } from '#api/endpoint.ts'
import { getCreditEntitlement } from '#core/credit-entitlements/queries.ts'
import { creditEntitlementSchema, creditEntitlementToWire } from '#wire/credit-entitlement.ts'

export const retrieveCreditEntitlementEndpoint = endpoint(
  {
    method: 'get',
    path: '/credit-entitlements/{credit_entitlement_id}',
    operation: 'retrieveCreditEntitlement',
    noun: 'Credits',
    summary: 'Retrieve a credit entitlement',
    answer: creditEntitlementSchema,
  },
  async (ctx, { params }) => creditEntitlementToWire(await getCreditEntitlement(ctx, params.credit_entitlement_id)),
)
