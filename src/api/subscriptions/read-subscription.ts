import { withCustomers } from '#core/customers/customers-by-id.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import type { BusinessCtx } from '#src/context.ts'
import { subscriptionToWire, type WireSubscription } from '#wire/subscription.ts'

export async function readSubscription(ctx: BusinessCtx, subscription_id: string): Promise<WireSubscription> {
  const [subscription] = await withCustomers(ctx, [await getSubscription(ctx, subscription_id)])
  if (subscription === undefined) throw new Error('one row stays one row')
  return subscriptionToWire(subscription)
}
