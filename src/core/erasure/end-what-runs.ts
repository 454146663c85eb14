import { isRunning } from '#billing/status.ts'
import { failPendingSubscription } from '#core/checkout/expire-attempt.ts'
import { endDunning } from '#core/dunning/end-dunning.ts'
import { from, update } from '#core/scope.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import type { BusinessCtx } from '#src/context.ts'

/** Nothing renews, nothing is owed, nobody is reminded, and no checkout can be paid any more. */
export async function endWhatRuns(ctx: BusinessCtx, customer_id: string): Promise<void> {
  await update(ctx, 'checkout_sessions')
    .set({ expires_at: ctx.wall.now() })
    .where('customer_id', '=', customer_id)
    .where('consumed_at', 'is', null)
    .execute()
  const subscriptions = await from(ctx, 'subscriptions')
    .select(['subscription_id', 'status'])
    .where('customer_id', '=', customer_id)
    .orderBy('subscription_id')
    .forUpdate()
    .execute()
  for (const { subscription_id, status } of subscriptions) {
    if (isRunning(status)) {
      await cancelSubscription(ctx, subscription_id, { timing: 'now', cancel_reason: 'cancelled_by_merchant' })
    }
    if (status === 'pending') await failPendingSubscription(ctx, subscription_id)
    await endDunning(ctx, subscription_id, 'exhausted')
  }
  await update(ctx, 'dues')
    .set({ status: 'void', closed_at: ctx.clock.now(), next_retry_at: null })
    .where('customer_id', '=', customer_id)
    .where('status', '=', 'open')
    .execute()
}
