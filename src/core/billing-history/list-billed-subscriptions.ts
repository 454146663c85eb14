import { withPlan } from '#core/subscriptions/with-plan.ts'
import type { BusinessCtx } from '#src/context.ts'

/** What a customer's payments can belong to, newest first. */
export async function listBilledSubscriptions(ctx: BusinessCtx, customer_id: string, most: number) {
  return billedSubscriptions(ctx, customer_id)
    .orderBy('subscriptions.created_at', 'desc')
    .orderBy('subscriptions.subscription_id', 'desc')
    .limit(most)
    .execute()
}

/** Undefined where it is not one of those. */
export async function findBilledSubscription(ctx: BusinessCtx, customer_id: string, subscription_id: string) {
  return billedSubscriptions(ctx, customer_id)
    .where('subscriptions.subscription_id', '=', subscription_id)
    .executeTakeFirst()
}

function billedSubscriptions(ctx: BusinessCtx, customer_id: string) {
  return withPlan(ctx)
    .select(['subscriptions.subscription_id', 'products.name'])
    .where('subscriptions.customer_id', '=', customer_id)
    .where('subscriptions.status', 'not in', ['pending', 'failed'])
}
