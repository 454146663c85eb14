import { recordAudit } from '#core/audit/record-audit.ts'
import { startDunning } from '#core/dunning/start-dunning.ts'
import { followSubscription } from '#core/entitlements/follow-subscription.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { keepPayLink } from '#core/recovery/pay-links.ts'
import { type Subscription, updateSubscriptionRow } from '#core/subscriptions/store.ts'
import type { BusinessCtx } from '#src/context.ts'

/** A charge was declined, or grace is over: nothing renews and keys rest until the dues are paid. */
export async function holdSubscription(
  ctx: BusinessCtx,
  subscription: Subscription,
  at = ctx.clock.now(),
): Promise<void> {
  const { subscription_id, customer_id } = subscription
  const held = await updateSubscriptionRow(ctx, subscription_id, {
    status: 'on_hold',
    on_hold_at: at,
    past_due_ends_at: null,
    past_due_action: null,
    next_attempt_at: null,
  })
  await followSubscription(ctx, held)
  await recordEvent(ctx, { type: 'subscription.on_hold', resource_id: subscription_id, customer_id })
  await recordAudit(ctx, { action: 'subscription.on_hold', resource_id: subscription_id, customer_id })
  await keepPayLink(ctx, held)
  await startDunning(ctx, held, 'on_hold')
}
