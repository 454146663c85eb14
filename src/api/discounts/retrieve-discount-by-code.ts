import { endpoint } from '#api/endpoint.ts'
import { getRedeemable } from '#core/discounts/queries.ts'
import { discountSchema, discountToWire } from '#wire/discount.ts'

export const retrieveDiscountByCodeEndpoint = endpoint(
  {
    method: 'get',
    path: '/discounts/code/{code}',
    operation: 'retrieveDiscountByCode',
    noun: 'Discounts',
    summary: 'Retrieve a discount that can be redeemed, by its code',
    answer: discountSchema,
    refusals: ['DISCOUNT_CODE_EXPIRED', 'DISCOUNT_NOT_YET_ACTIVE', 'DISCOUNT_CODE_USAGE_LIMIT_EXCEEDED'],
  },
  async (ctx, { params }) => discountToWire(await getRedeemable(ctx, params.code)),
)
