import { endpoint } from '#api/endpoint.ts'
import { eraseCustomer } from '#core/erasure/erase-customer.ts'
import { customerSchema, customerToWire } from '#wire/customer.ts'

export const eraseCustomerEndpoint = endpoint(
  {
    method: 'post',
    path: '/portico/customers/{customer_id}/erase',
    operation: 'eraseCustomer',
    noun: 'Customers',
    summary: 'Erase a customer',
    description:
      'Their subscriptions end now, what they owe is void, and nothing but issued invoices says any more who they were. There is no way back.',
    repeat: 'heard',
    answer: customerSchema,
    refusals: ['PREVIOUS_PAYMENT_PENDING'],
  },
  async (ctx, { params }) => customerToWire(await eraseCustomer(ctx, params.customer_id)),
)
