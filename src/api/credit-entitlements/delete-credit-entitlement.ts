import { endpoint } from '#api/endpoint.ts'
import { deleteCreditEntitlement } from '#core/credit-entitlements/delete-credit-entitlement.ts'

export const deleteCreditEntitlementEndpoint = endpoint(
  {
    method: 'delete',
    path: '/credit-entitlements/{credit_entitlement_id}',
    operation: 'deleteCreditEntitlement',
    noun: 'Credits',
    summary: 'Delete a credit entitlement',
    description: 'No product can be given it any more; what was granted and sold goes on.',
    refusals: ['CREDIT_ENTITLEMENT_IS_DELETED'],
  },
  async (ctx, { params }) => {
    await deleteCreditEntitlement(ctx, params.credit_entitlement_id)
    return undefined
  },
)
