import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { id } from '#api/input/text.ts'
import { addDiscountCustomers } from '#core/discounts/discount-customers.ts'
import { discountCustomerSchema, discountCustomerToWire } from '#wire/discount.ts'
import { listSchema } from '#wire/list.ts'

const addDiscountCustomersBody = z
  .object({ customer_ids: z.array(id()).min(1).max(1_000) })
  .openapi('AddDiscountCustomers')

export const addDiscountCustomersEndpoint = endpoint(
  {
    method: 'post',
    path: '/discounts/{discount_id}/customers',
    operation: 'addDiscountCustomers',
    noun: 'Discounts',
    summary: 'Add customers to those a discount is for',
    description: 'For a discount with customer_eligibility specific. Adds all or, where one is unknown, none.',
    body: addDiscountCustomersBody,
    example: { customer_ids: ['cus_0gyTRk8Lw3vXn5TbC6yHq'] },
    answer: listSchema(discountCustomerSchema),
  },
  async (ctx, { params, body }) => {
    const customers = await addDiscountCustomers(ctx, params.discount_id, body.customer_ids)
    return { items: customers.map(discountCustomerToWire) }
  },
)
