import { recordAudit } from '#core/audit/record-audit.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { setLicenseKeysOf } from '#core/licenses/store.ts'
import { type Subscription, updateSubscriptionRow } from '#core/subscriptions/store.ts'
import type { BusinessCtx } from '#src/context.ts'

/** What held a subscription is paid: it runs on until its next billing date, and its keys work again. */
export async function reactivateSubscription(ctx: BusinessCtx, subscription: Subscription): Promise<void> {
  const { subscription_id, customer_id } = subscription
  await updateSubscriptionRow(ctx, subscription_id, {
    status: 'active',
    on_hold_at: null,
    next_attempt_at: subscription.next_billing_date,
  })
  await setLicenseKeysOf(ctx, subscription_id, 'active')
  await recordEvent(ctx, { type: 'subscription.active', resource_id: subscription_id, customer_id })
  await recordAudit(ctx, { action: 'subscription.reactivated', resource_id: subscription_id, customer_id })
}
