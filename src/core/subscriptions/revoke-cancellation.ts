import { recordAudit } from '#core/audit/record-audit.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { lockSubscription, type Subscription, updateSubscriptionRow } from '#core/subscriptions/store.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

/** Takes a scheduled cancellation back, with its reasons. Allowed even where a business forbids cancelling. */
export async function revokeCancellation(outer: BusinessCtx, subscription_id: string): Promise<Subscription> {
  return inTransaction(outer, async (ctx) => {
    const subscription = await lockSubscription(ctx, subscription_id)
    if (subscription.status !== 'active' && subscription.status !== 'paused')
      throw new AppError('SUBSCRIPTION_INACTIVE')
    if (!subscription.cancel_at_next_billing_date) return subscription
    const { customer_id } = subscription
    const revoked = await updateSubscriptionRow(ctx, subscription_id, {
      cancel_at_next_billing_date: false,
      cancel_reason: null,
      cancellation_feedback: null,
      cancellation_comment: null,
    })
    const data = { deed: 'cancellation_revoked' }
    await recordEvent(ctx, { type: 'subscription.updated', resource_id: subscription_id, customer_id, data })
    await recordAudit(ctx, { action: 'subscription.cancellation_revoked', resource_id: subscription_id, customer_id })
    return revoked
  })
}
