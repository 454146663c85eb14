import { nextAttempt } from '#billing/renewal.ts'
import { recordAudit } from '#core/audit/record-audit.ts'
import { turnCycle } from '#core/credit-entitlements/turn-cycle.ts'
import { useCycles } from '#core/discounts/subscription-discounts.ts'
import { recordEvent } from '#core/events/record-event.ts'
import type { PaidDues } from '#core/payments/paid-dues.ts'
import { writePaidValues } from '#core/subscriptions/period-values.ts'
import { recordPeriod } from '#core/subscriptions/periods.ts'
import { reactivateSubscription } from '#core/subscriptions/reactivate-subscription.ts'
import { moveSubscription, type Subscription } from '#core/subscriptions/store.ts'
import type { BusinessCtx } from '#src/context.ts'

/** A renewal was paid: the period it was for is the current one now. One that was held until then begins now, whole. */
export async function advanceSubscription(ctx: BusinessCtx, subscription: Subscription, dues: PaidDues): Promise<void> {
  if (dues.period_start === null || dues.period_end === null) throw new Error('a renewal names its period')
  const { subscription_id, customer_id } = subscription
  const { dues_id, period_start, period_end } = dues
  const { status } = subscription
  const runsOn = { status: 'active', past_due_ends_at: null, past_due_action: null } as const
  const advanced = await moveSubscription(ctx, subscription_id, {
    period_number: subscription.period_number + 1,
    previous_billing_date: period_start,
    next_billing_date: period_end,
    ...(status === 'on_hold' ? {} : { next_attempt_at: nextAttempt(period_end, ctx.clock.now()) }),
    ...(status === 'past_due' ? runsOn : {}),
  })
  await recordPeriod(ctx, { subscription_id, period_start, period_end, kind: 'paid', dues_id })
  await writePaidValues(ctx, subscription, dues, dues.lines)
  await useCycles(ctx, subscription_id, dues.discounts)
  if (dues.has.credits) await turnCycle(ctx, subscription, dues_id)
  if (status === 'on_hold') await reactivateSubscription(ctx, advanced, dues)
  // Grace had access all along: the period began when it should have.
  if (status === 'past_due') {
    const data = { deed: 'paid_in_grace' }
    await recordEvent(ctx, { type: 'subscription.active', resource_id: subscription_id, customer_id, data })
    await recordAudit(ctx, { action: 'subscription.reactivated', resource_id: subscription_id, customer_id })
  }
  await recordEvent(ctx, { type: 'subscription.renewed', resource_id: subscription_id, customer_id })
}
