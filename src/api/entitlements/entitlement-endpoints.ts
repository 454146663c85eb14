import type { Endpoint } from '#api/endpoint.ts'
import { addFileEndpoint } from './add-file.ts'
import { createEntitlementEndpoint } from './create-entitlement.ts'
import { deleteEntitlementEndpoint } from './delete-entitlement.ts'
import { detachFileEndpoint } from './detach-file.ts'
import { fulfillLicenseKeyEndpoint } from './fulfill-license-key.ts'
import { listEntitlementsEndpoint } from './list-entitlements.ts'
import { listGrantsEndpoint } from './list-grants.ts'
import { retrieveEntitlementEndpoint } from './retrieve-entitlement.ts'
import { revokeGrantEndpoint } from './revoke-grant.ts'
import { updateEntitlementEndpoint } from './update-entitlement.ts'

export const entitlementEndpoints: readonly Endpoint[] = [
  createEntitlementEndpoint,
  retrieveEntitlementEndpoint,
  updateEntitlementEndpoint,
  deleteEntitlementEndpoint,
  addFileEndpoint,
  detachFileEndpoint,
  listEntitlementsEndpoint,
  listGrantsEndpoint,
  revokeGrantEndpoint,
  fulfillLicenseKeyEndpoint,
]
