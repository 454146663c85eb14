// What becomes of a plan change when its charge is decided. Called by settling, with subscription and dues locked.
import { recordAudit } from '#core/audit/record-audit.ts'
import { followChange } from '#core/credit-entitlements/follow-change.ts'
import { useCycles } from '#core/discounts/subscription-discounts.ts'
import { withdrawOffer } from '#core/payments/offer-attempt.ts'
import { type Dues, getDuesLines, type Payment } from '#core/payments/queries.ts'
import { closeDues } from '#core/payments/store.ts'
import { closePlanChange, dropWaiting, getChangeOfDues, type PlanChangeRow } from '#core/plan-changes/store.ts'
import { switchPlan } from '#core/plan-changes/switch-plan.ts'
import { endSubscription } from '#core/subscriptions/end-subscription.ts'
import { holdSubscription } from '#core/subscriptions/hold-subscription.ts'
import { type CreditedLine, noteCredited } from '#core/subscriptions/note-credited.ts'
import { readPeriodValues, writePeriodValues } from '#core/subscriptions/period-values.ts'
import { reactivateSubscription } from '#core/subscriptions/reactivate-subscription.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import { billUsage } from '#core/usage/bill-usage.ts'
import type { BusinessCtx } from '#src/context.ts'

/** Paid: a pending change happens now; one that had happened already is paid for, and a hold ends. */
export async function applyPaidChange(
  ctx: BusinessCtx,
  subscription: Subscription,
  dues: Dues,
  { payment_method_id }: Payment,
): Promise<void> {
  const change = await getChangeOfDues(ctx, dues.dues_id)
  // Money of an earlier try that came after all: nobody takes up another one.
  await withdrawOffer(ctx, dues.dues_id)
  if (change.status === 'pending') await applyChange(ctx, subscription, change)
  else if (subscription.status === 'on_hold') await reactivateSubscription(ctx, subscription, dues)
  await writeChangedValues(ctx, subscription, change, await getDuesLines(ctx, dues.dues_id))
  await useCycles(ctx, subscription.subscription_id, change.discounts)
  const paid_with = payment_method_id ?? subscription.payment_method_id
  await billUsageOfChange(ctx, { ...subscription, payment_method_id: paid_with }, change)
}

/** Declined: a pending change has failed and nothing is changed; one that happened already leaves the subscription on hold. */
export async function declineChange(ctx: BusinessCtx, subscription: Subscription, dues: Dues): Promise<void> {
  const change = await getChangeOfDues(ctx, dues.dues_id)
  const { subscription_id, customer_id } = subscription
  if (change.status === 'pending') {
    await closeDues(ctx, dues.dues_id, 'void')
    await closePlanChange(ctx, change.change_id, 'failed')
    const details = { change_id: change.change_id, product_id: change.product_id }
    await recordAudit(ctx, {
      action: 'subscription.plan_change_failed',
      resource_id: subscription_id,
      customer_id,
      details,
    })
    return
  }
  if (subscription.status === 'active') await stopRunning(ctx, subscription)
}

/** An immediate change takes the place of a scheduled one. */
export async function applyChange(
  ctx: BusinessCtx,
  subscription: Subscription,
  change: PlanChangeRow,
): Promise<Subscription> {
  await closePlanChange(ctx, change.change_id, 'applied')
  await dropWaiting(ctx, subscription.subscription_id, ['scheduled'])
  return switchPlan(ctx, subscription, change)
}

/**
 * What was used of the old plan is an invoice of its own, once the change is paid: a price that was quoted could not hold what is used
 * until it is confirmed. Where nothing is billed now, it waits for the next invoice.
 */
export async function billUsageOfChange(
  ctx: BusinessCtx,
  subscription: Subscription,
  change: PlanChangeRow,
): Promise<void> {
  if (change.proration_billing_mode !== 'do_not_bill') await billUsage(ctx, subscription)
}

/**
 * What the running period is worth from now on, once the change is paid or credited; a mode that charges nothing leaves it. What the
 * change gives back of the old values can no longer be refunded of the lines that paid for them.
 */
export async function writeChangedValues(
  ctx: BusinessCtx,
  subscription: Subscription,
  change: PlanChangeRow,
  lines: readonly CreditedLine[],
): Promise<void> {
  const { items, period_values, dues_id } = change
  if (period_values === null) return
  const { subscription_id } = subscription
  await followChange(ctx, subscription, change)
  const old = await readPeriodValues(ctx, subscription_id)
  await noteCredited(ctx, old, lines)
  const paidBy = dues_id ?? old[0]?.dues_id ?? null
  await writePeriodValues(
    ctx,
    subscription_id,
    items.flatMap((item, index) => {
      const value = period_values[index]
      const dues_position = dues_id === null ? null : index
      return value === undefined ? [] : [{ ...item, ...value, dues_id: paidBy, dues_position }]
    }),
  )
}

/** On hold, the next billing date means now: a cancellation scheduled while a charge was under way takes effect. */
export async function stopRunning(ctx: BusinessCtx, subscription: Subscription): Promise<void> {
  if (!subscription.cancel_at_next_billing_date) return holdSubscription(ctx, subscription)
  await endSubscription(ctx, subscription, { status: 'cancelled', at: ctx.clock.now(), because: 'scheduled' })
}
