import { endSubscription } from '#core/subscriptions/end-subscription.ts'
import { holdSubscription } from '#core/subscriptions/hold-subscription.ts'
import { lockSubscription, updateSubscriptionRow } from '#core/subscriptions/store.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

/** Nobody paid in time: on hold or cancelled, as was decided when the grace began. Harmless to repeat. */
export async function endGrace(outer: BusinessCtx, subscription_id: string): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    const subscription = await lockSubscription(ctx, subscription_id)
    const { past_due_ends_at, past_due_action } = subscription
    if (past_due_ends_at === null || Temporal.Instant.compare(past_due_ends_at, ctx.clock.now()) > 0) return
    if (past_due_action === 'on_hold') return holdSubscription(ctx, subscription, past_due_ends_at)
    const explained = await updateSubscriptionRow(ctx, subscription_id, {
      cancel_reason: 'cancelled_by_merchant_grace_period_expired',
    })
    await endSubscription(ctx, explained, { status: 'cancelled', at: past_due_ends_at, because: 'unpaid' })
  })
}
