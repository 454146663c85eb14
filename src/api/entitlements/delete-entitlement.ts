import { endpoint } from '#api/endpoint.ts'
import { deleteEntitlement } from '#core/entitlements/delete-entitlement.ts'

export const deleteEntitlementEndpoint = endpoint(
  {
    method: 'delete',
    path: '/entitlements/{entitlement_id}',
    operation: 'deleteEntitlement',
    noun: 'Entitlements',
    summary: 'Delete an entitlement',
    description: 'No product brings it any more. Who was granted it keeps it until what it came with ends.',
  },
  async (ctx, { params }) => {
    await deleteEntitlement(ctx, params.entitlement_id)
    return undefined
  },
)
