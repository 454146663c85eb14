import { getSubscription, type SubscriptionListed } from '#core/subscriptions/queries.ts'
import type { AppContext } from '#src/app-env.ts'
import { notFound } from '#src/errors.ts'

/** The subscription the address names. Somebody else's is not there. */
export async function ownSubscription(c: AppContext): Promise<SubscriptionListed> {
  const { ctx, customer } = c.var.visitor
  const subscription = await getSubscription(ctx, c.req.param('subscription_id') ?? '')
  if (subscription.customer_id !== customer.customer_id) throw notFound('subscription')
  return subscription
}
