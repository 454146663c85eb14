import type { DeclineDecision } from '#billing/grace.ts'
import { recordAudit } from '#core/audit/record-audit.ts'
import { startDunning } from '#core/dunning/start-dunning.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { keepPayLink } from '#core/recovery/pay-links.ts'
import { type Subscription, updateSubscriptionRow } from '#core/subscriptions/store.ts'
import type { BusinessCtx } from '#src/context.ts'

/** Nothing renews until the dues are paid, but access and keys stay for a while. How that ends is written down now. */
export async function enterGrace(
  ctx: BusinessCtx,
  subscription: Subscription,
  { ends_at, action }: Extract<DeclineDecision, { type: 'past_due' }>,
): Promise<void> {
  const { subscription_id, customer_id } = subscription
  await updateSubscriptionRow(ctx, subscription_id, {
    status: 'past_due',
    past_due_ends_at: ends_at,
    past_due_action: action,
    next_attempt_at: null,
  })
  await recordEvent(ctx, { type: 'subscription.past_due', resource_id: subscription_id, customer_id })
  await recordAudit(ctx, { action: 'subscription.past_due', resource_id: subscription_id, customer_id })
  await keepPayLink(ctx, subscription)
  await startDunning(ctx, subscription, 'past_due')
}
