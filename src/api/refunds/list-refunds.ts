import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { createdParams, pageParams } from '#api/input/query.ts'
import { id } from '#api/input/text.ts'
import { listRefunds } from '#core/refunds/queries.ts'
import { listSchema } from '#wire/list.ts'
import { refundListItemSchema, refundListItemToWire, refundStatusSchema } from '#wire/refund.ts'

export const listRefundsQuery = z.object({
  ...pageParams,
  customer_id: id().optional().openapi({ description: 'Only this customer’s' }),
  subscription_id: id().optional().openapi({ description: 'Only of this subscription' }),
  // A refund here is never under review.
  status: z.enum([...refundStatusSchema.options, 'review']).optional(),
  ...createdParams,
})

export const listRefundsEndpoint = endpoint(
  {
    method: 'get',
    path: '/refunds',
    operation: 'listRefunds',
    noun: 'Refunds',
    summary: 'List refunds',
    differs: '`review` is never a status here',
    query: listRefundsQuery,
    answer: listSchema(refundListItemSchema),
  },
  async (ctx, { query: { status, ...query } }) => {
    if (status === 'review') return { items: [] }
    const refunds = await listRefunds(ctx, { ...query, status }, query)
    return { items: refunds.map((refund) => refundListItemToWire(refund, refund)) }
  },
)
