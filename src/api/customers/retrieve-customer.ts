import { endpoint } from '#api/endpoint.ts'
import { getCustomer } from '#core/customers/queries.ts'
import { customerSchema, customerToWire } from '#wire/customer.ts'

export const retrieveCustomerEndpoint = endpoint(
  {
    method: 'get',
    path: '/customers/{customer_id}',
    operation: 'retrieveCustomer',
    noun: 'Customers',
    summary: 'Retrieve a customer',
    answer: customerSchema,
  },
  async (ctx, { params }) => customerToWire(await getCustomer(ctx, params.customer_id)),
)
