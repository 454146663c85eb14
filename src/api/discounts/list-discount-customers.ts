import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { pageParams } from '#api/input/query.ts'
import { listDiscountCustomers } from '#core/discounts/queries.ts'
import { discountCustomerSchema, discountCustomerToWire } from '#wire/discount.ts'
import { listSchema } from '#wire/list.ts'

export const listDiscountCustomersEndpoint = endpoint(
  {
    method: 'get',
    path: '/discounts/{discount_id}/customers',
    operation: 'listDiscountCustomers',
    noun: 'Discounts',
    summary: 'List the customers a discount is for',
    query: z.object(pageParams),
    answer: listSchema(discountCustomerSchema),
  },
  async (ctx, { params, query }) => {
    const customers = await listDiscountCustomers(ctx, params.discount_id, query)
    return { items: customers.map(discountCustomerToWire) }
  },
)
