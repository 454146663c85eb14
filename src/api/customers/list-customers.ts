import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { createdParams, pageParams } from '#api/input/query.ts'
import { listCustomers } from '#core/customers/queries.ts'
import { customerSchema, customerToWire } from '#wire/customer.ts'
import { listSchema } from '#wire/list.ts'

export const listCustomersQuery = z.object({
  ...pageParams,
  email: z.string().max(254).optional().openapi({ description: 'This address, in any case' }),
  name: z.string().max(250).optional().openapi({ description: 'Part of the name, in any case' }),
  ...createdParams,
})

export const listCustomersEndpoint = endpoint(
  {
    method: 'get',
    path: '/customers',
    operation: 'listCustomers',
    noun: 'Customers',
    summary: 'List customers',
    query: listCustomersQuery,
    answer: listSchema(customerSchema),
  },
  async (ctx, { query }) => {
    const customers = await listCustomers(ctx, query, query)
    return { items: customers.map(customerToWire) }
  },
)
