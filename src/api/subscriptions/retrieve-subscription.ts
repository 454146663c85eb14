import { endpoint } from '#api/endpoint.ts'
import { subscriptionSchema } from '#wire/subscription.ts'
import { readSubscription } from './read-subscription.ts'

export const retrieveSubscriptionEndpoint = endpoint(
  {
    method: 'get',
    path: '/subscriptions/{subscription_id}',
    operation: 'retrieveSubscription',
    noun: 'Subscriptions',
    summary: 'Retrieve a subscription',
    answer: subscriptionSchema,
  },
  async (ctx, { params }) => readSubscription(ctx, params.subscription_id),
)
