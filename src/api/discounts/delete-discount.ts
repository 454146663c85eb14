import { endpoint } from '#api/endpoint.ts'
import { deleteDiscount } from '#core/discounts/delete-discount.ts'

export const deleteDiscountEndpoint = endpoint(
  {
    method: 'delete',
    path: '/discounts/{discount_id}',
    operation: 'deleteDiscount',
    noun: 'Discounts',
    summary: 'Delete a discount',
    description: 'Nobody can redeem it any more; subscriptions that have it keep it.',
    status: 204,
  },
  async (ctx, { params }) => {
    await deleteDiscount(ctx, params.discount_id)
    return undefined
  },
)
