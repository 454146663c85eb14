import { withPlan } from '#core/subscriptions/with-plan.ts'
import type { BusinessCtx } from '#src/context.ts'

/** What a customer's payments can belong to, newest first. */
export async function listBilledSubscriptions(ctx: BusinessCtx, customer_id: string, most: number) {
  return withPlan(ctx)
    .select(['subscriptions.subscription_id', 'products.name'])
    .where('subscriptions.customer_id', '=', customer_id)
    .where('subscriptions.status', 'not in', ['pending', 'failed'])
    .orderBy('subscriptions.created_at', 'desc')
    .orderBy('subscriptions.subscription_id', 'desc')
    .limit(most)
    .execute()
}
