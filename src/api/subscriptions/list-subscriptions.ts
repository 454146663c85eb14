import { z } from '@hono/zod-openapi'
import { endpoint } from '#api/endpoint.ts'
import { booleanParam, brandParam, createdParams, pageParams } from '#api/input/query.ts'
import { id } from '#api/input/text.ts'
import { brandColumn } from '#core/brands/queries.ts'
import { withCustomers } from '#core/customers/customers-by-id.ts'
import { listSubscriptions } from '#core/subscriptions/queries.ts'
import { listSchema } from '#wire/list.ts'
import { subscriptionStatusSchema } from '#wire/subscription.ts'
import { subscriptionListItemSchema, subscriptionListItemToWire } from '#wire/subscription-list-item.ts'

export const listSubscriptionsQuery = z.object({
  ...pageParams,
  customer_id: id().optional().openapi({ description: 'Only this customer’s' }),
  product_id: id().optional().openapi({ description: 'Only of this product' }),
  status: subscriptionStatusSchema.optional(),
  cancel_at_next_billing_date: booleanParam('Only those that will end, or that will not'),
  ...createdParams,
  ...brandParam,
})

export const listSubscriptionsEndpoint = endpoint(
  {
    method: 'get',
    path: '/subscriptions',
    operation: 'listSubscriptions',
    noun: 'Subscriptions',
    summary: 'List subscriptions',
    query: listSubscriptionsQuery,
    answer: listSchema(subscriptionListItemSchema),
  },
  async (ctx, { query }) => {
    const filter = { ...query, brand_id: brandColumn(ctx, query.brand_id) }
    const subscriptions = await withCustomers(ctx, await listSubscriptions(ctx, filter, query))
    return { items: subscriptions.map(subscriptionListItemToWire) }
  },
)
