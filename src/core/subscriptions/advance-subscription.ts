import { nextAttempt } from '#billing/renewal.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { setLicenseKeysOf } from '#core/licenses/store.ts'
import type { Dues } from '#core/payments/queries.ts'
import { writePaidValues } from '#core/subscriptions/period-values.ts'
import { recordPeriod } from '#core/subscriptions/periods.ts'
import { type Subscription, updateSubscriptionRow } from '#core/subscriptions/store.ts'
import type { BusinessCtx } from '#src/context.ts'

/** A renewal was paid: the period it was for is the current one now. */
export async function advanceSubscription(ctx: BusinessCtx, subscription: Subscription, dues: Dues): Promise<void> {
  if (dues.period_start === null || dues.period_end === null) throw new Error('a renewal names its period')
  const { subscription_id, customer_id } = subscription
  if (subscription.status === 'on_hold') await setLicenseKeysOf(ctx, subscription_id, 'active')
  await updateSubscriptionRow(ctx, subscription_id, {
    status: 'active',
    on_hold_at: null,
    period_number: subscription.period_number + 1,
    previous_billing_date: dues.period_start,
    next_billing_date: dues.period_end,
    next_attempt_at: nextAttempt(dues.period_end, ctx.clock.now()),
  })
  await recordPeriod(ctx, {
    subscription_id,
    period_start: dues.period_start,
    period_end: dues.period_end,
    kind: 'paid',
    dues_id: dues.dues_id,
  })
  await writePaidValues(ctx, subscription, dues)
  await recordEvent(ctx, { type: 'subscription.renewed', resource_id: subscription_id, customer_id })
}
