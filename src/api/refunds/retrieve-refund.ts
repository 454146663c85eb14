import { endpoint } from '#api/endpoint.ts'
import { withBrand } from '#core/brands/with-brands.ts'
import { getRefund } from '#core/refunds/queries.ts'
import { refundSchema, refundToWire } from '#wire/refund.ts'

export const retrieveRefundEndpoint = endpoint(
  {
    method: 'get',
    path: '/refunds/{refund_id}',
    operation: 'retrieveRefund',
    noun: 'Refunds',
    summary: 'Retrieve a refund',
    answer: refundSchema,
  },
  async (ctx, { params }) => withBrand(ctx, refundToWire(await getRefund(ctx, params.refund_id))),
)
