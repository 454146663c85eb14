import { endpoint } from '#api/endpoint.ts'
import { withBrand } from '#core/brands/with-brands.ts'
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
  async (ctx, { params }) =>
    withBrand(ctx, grantToWire(await revokeGrant(ctx, params.entitlement_id, params.grant_id))),
)
