import { endpoint } from '#api/endpoint.ts'
import { revokeGrant } from '#core/entitlements/revoke-grant.ts'
import { grantSchema, grantToWire } from '#wire/entitlement-grant.ts'

export const revokeGrantEndpoint = endpoint(
  {
    method: 'delete',
    path: '/entitlements/{entitlement_id}/grants/{grant_id}',
    operation: 'revokeEntitlementGrant',
    noun: 'Entitlements',
    summary: 'Revoke a grant',
    description: 'One that is revoked already is answered as it is.',
    answer: grantSchema,
  },
  async (ctx, { params }) => grantToWire(await revokeGrant(ctx, params.entitlement_id, params.grant_id)),
)
