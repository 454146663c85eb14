import { endpoint } from '#api/endpoint.ts'
import { removeDiscountCustomer } from '#core/discounts/discount-customers.ts'

export const removeDiscountCustomerEndpoint = endpoint(
  {
    method: 'delete',
    path: '/discounts/{discount_id}/customers/{customer_id}',
    operation: 'removeDiscountCustomer',
    noun: 'Discounts',
    summary: 'Take a customer from those a discount is for',
    status: 204,
  },
  async (ctx, { params }) => {
    await removeDiscountCustomer(ctx, params.discount_id, params.customer_id)
    return undefined
  },
)
