import { endpoint } from '#api/endpoint.ts'
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
  async (ctx, { params }) => refundToWire(await getRefund(ctx, params.refund_id)),
)
