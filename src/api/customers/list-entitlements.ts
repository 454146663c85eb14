import { endpoint } from '#api/endpoint.ts'
import { getCustomer } from '#core/customers/queries.ts'
import { listGrants } from '#core/entitlements/queries.ts'
import { customerEntitlementSchema, customerEntitlementToWire } from '#wire/entitlement-grant.ts'
import { listSchema } from '#wire/list.ts'

export const listCustomerEntitlementsEndpoint = endpoint(
  {
    method: 'get',
    path: '/customers/{customer_id}/entitlements',
    operation: 'listCustomerEntitlements',
    noun: 'Customers',
    summary: 'List what a customer was granted',
    description: 'All of it, newest first.',
    answer: listSchema(customerEntitlementSchema),
  },
  async (ctx, { params }) => {
    const { customer_id } = await getCustomer(ctx, params.customer_id)
    return { items: (await listGrants(ctx, { customer_id })).map(customerEntitlementToWire) }
  },
)
