// The one place where a subscription becomes another plan. What it is worth and what is owed for it are the caller's.
import { sum } from '#billing/money.ts'
import { nextAttempt } from '#billing/renewal.ts'
import { recordAudit } from '#core/audit/record-audit.ts'
import { sellCredits } from '#core/credit-entitlements/terms.ts'
import { writeDiscounts } from '#core/discounts/subscription-discounts.ts'
import { followPlan } from '#core/entitlements/follow-plan.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { datesAfter } from '#core/plan-changes/scheduled-dates.ts'
import type { PlanChangeRow } from '#core/plan-changes/store.ts'
import { readCurrentPeriod, restartPeriod, turnTrialIntoPeriod } from '#core/subscriptions/periods.ts'
import { type Subscription, updateSubscriptionRow, writeAddons } from '#core/subscriptions/store.ts'
import { closeUsage } from '#core/usage/close-usage.ts'
import { switchMeters } from '#core/usage/subscription-meters.ts'
import type { BusinessCtx } from '#src/context.ts'

/** Product, quantity, add-ons, prices, dates and keys of a locked subscription become the change's. */
export async function switchPlan(
  ctx: BusinessCtx,
  subscription: Subscription,
  change: PlanChangeRow,
): Promise<Subscription> {
  const { subscription_id, customer_id } = subscription
  const addons = change.items.flatMap(({ addon_id, quantity, unit_price }) =>
    addon_id === null ? [] : [{ addon_id, quantity, unit_price }],
  )
  await writeAddons(ctx, subscription_id, addons)
  await writeDiscounts(ctx, subscription_id, change.discounts)
  await switchUsage(ctx, subscription, change)
  if (change.restarts) await restartPeriod(ctx, subscription_id, change)
  const untried = change.status !== 'scheduled' && !change.restarts && (await turnTrialIntoPeriod(ctx, subscription_id))
  const switched = await updateSubscriptionRow(ctx, subscription_id, {
    product_id: change.product_id,
    quantity: change.quantity,
    unit_price: change.items.find(({ kind }) => kind === 'product')?.unit_price ?? subscription.unit_price,
    recurring_pre_tax_amount: sum(change.items.map(({ quantity, unit_price }) => quantity * unit_price)),
    tax_inclusive: change.tax_inclusive,
    payment_frequency_count: change.payment_frequency_count,
    payment_frequency_interval: change.payment_frequency_interval,
    ...datesOf(ctx, subscription, change),
    ...(untried ? { trial_period_days: 0, trial_amount: null } : {}),
  })
  await followPlan(ctx, switched)
  await sellCredits(ctx, switched)
  const { change_id, product_id, quantity } = change
  const data = {
    deed: 'plan_changed',
    change_id,
    from_product_id: subscription.product_id,
    from_quantity: subscription.quantity,
  }
  await recordEvent(ctx, { type: 'subscription.plan_changed', resource_id: subscription_id, customer_id, data })
  await recordAudit(ctx, {
    action: 'subscription.plan_changed',
    resource_id: subscription_id,
    customer_id,
    details: { change_id, product_id, quantity },
  })
  return switched
}

/** What was used is closed at the old prices, before trial and period become others. */
async function switchUsage(ctx: BusinessCtx, subscription: Subscription, change: PlanChangeRow): Promise<void> {
  const { subscription_id, next_billing_date } = subscription
  const scheduled = change.status === 'scheduled'
  const boundary = scheduled ? next_billing_date : change.status === 'applied' ? change.effective_at : null
  const at = boundary ?? ctx.clock.now()
  const ends = scheduled || change.restarts
  await closeUsage(ctx, subscription_id, { until: at, period: ends ? 'ends' : 'goes_on' })
  const { period_start } = ends ? { period_start: at } : await readCurrentPeriod(ctx, subscription_id)
  await switchMeters(ctx, subscription_id, change.meters, { at, period_start })
}

function datesOf(ctx: BusinessCtx, subscription: Subscription, change: PlanChangeRow) {
  const { period_start, period_end, restarts } = change
  if (restarts) {
    return {
      anchor: period_start,
      period_number: 0,
      previous_billing_date: period_start,
      next_billing_date: period_end,
      next_attempt_at: nextAttempt(period_end, ctx.clock.now()),
    }
  }
  return datesAfter(subscription, change)
}
