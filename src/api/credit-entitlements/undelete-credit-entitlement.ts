import { endpoint } from '#api/endpoint.ts'
import { undeleteCreditEntitlement } from '#core/credit-entitlements/delete-credit-entitlement.ts'

export const undeleteCreditEntitlementEndpoint = endpoint(
  {
    method: 'post',
    path: '/credit-entitlements/{credit_entitlement_id}/undelete',
    operation: 'undeleteCreditEntitlement',
    noun: 'Credits',
    summary: 'Take the deletion of a credit entitlement back',
  },
  async (ctx, { params }) => {
    await undeleteCreditEntitlement(ctx, params.credit_entitlement_id)
    return undefined
  },
)
