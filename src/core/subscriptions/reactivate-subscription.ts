// The dues that held a subscription are paid or no longer owed. Time on hold had no service and is not billed: what lies ahead moves by it.
import { heldSince, releaseFromHold } from '#billing/hold.ts'
import { notAfter } from '#billing/period.ts'
import { nextAttempt } from '#billing/renewal.ts'
import { recordAudit } from '#core/audit/record-audit.ts'
import { followSubscription } from '#core/entitlements/follow-subscription.ts'
import { recordEvent } from '#core/events/record-event.ts'
import type { Dues } from '#core/payments/queries.ts'
import { writeDuesPeriod } from '#core/payments/store.ts'
import { frequencyOf } from '#core/subscriptions/lines.ts'
import { insertGap, readCurrentPeriod } from '#core/subscriptions/periods.ts'
import { type Subscription, updateSubscriptionRow } from '#core/subscriptions/store.ts'
import type { BusinessCtx } from '#src/context.ts'

/**
 * It runs on with as much of its period left as it had when the hold began, and its keys work again. `dues` are what was paid; null where
 * nothing was.
 */
export async function reactivateSubscription(
  ctx: BusinessCtx,
  subscription: Subscription,
  dues: Dues | null,
): Promise<void> {
  const { subscription_id, customer_id, anchor, next_billing_date, on_hold_at } = subscription
  if (anchor === null || next_billing_date === null || on_hold_at === null) {
    throw new Error('a subscription on hold has dates')
  }
  const now = ctx.clock.now()
  const since = heldSince(on_hold_at, (await readCurrentPeriod(ctx, subscription_id)).period_start)
  const dates = { ...subscription, anchor, next_billing_date, since }
  const released = releaseFromHold(dates, frequencyOf(subscription), now)
  const held_for = since.until(now)
  await insertGap(ctx, subscription_id, { kind: 'held', since, length: held_for })
  if (dues !== null && dues.period_start !== null && dues.period_end !== null) {
    const { period_start, period_end } = dues
    // One that had begun, in grace or before a change, began when it did.
    const start = notAfter(since, period_start) ? period_start.add(held_for) : period_start
    await writeDuesPeriod(ctx, dues.dues_id, { start, end: period_end.add(held_for) })
  }
  const active = await updateSubscriptionRow(ctx, subscription_id, {
    status: 'active',
    on_hold_at: null,
    anchor: released.anchor,
    period_number: released.period_number,
    previous_billing_date: (await readCurrentPeriod(ctx, subscription_id)).period_start,
    next_billing_date: released.next_billing_date,
    next_attempt_at: nextAttempt(released.next_billing_date, now),
    expires_at: released.expires_at,
  })
  await followSubscription(ctx, active)
  const data = { deed: dues === null ? 'undone' : 'reactivated' }
  await recordEvent(ctx, { type: 'subscription.active', resource_id: subscription_id, customer_id, data })
  await recordAudit(ctx, { action: 'subscription.reactivated', resource_id: subscription_id, customer_id })
}
