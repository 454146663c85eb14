import { endpoint } from '#api/endpoint.ts'
import { getDiscount } from '#core/discounts/queries.ts'
import { discountSchema, discountToWire } from '#wire/discount.ts'

export const retrieveDiscountEndpoint = endpoint(
  {
    method: 'get',
    path: '/discounts/{discount_id}',
    operation: 'retrieveDiscount',
    noun: 'Discounts',
    summary: 'Retrieve a discount',
    answer: discountSchema,
  },
  async (ctx, { params }) => discountToWire(await getDiscount(ctx, params.discount_id)),
)
