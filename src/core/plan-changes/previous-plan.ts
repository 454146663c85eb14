// The way back from a change that was made before it was paid for: what the subscription was, kept on the change.
import { sellCredits } from '#core/credit-entitlements/terms.ts'
import { readDiscounts, writeDiscounts } from '#core/discounts/subscription-discounts.ts'
import { followUndo } from '#core/entitlements/follow-undo.ts'
import type { PlanChangeRow } from '#core/plan-changes/store.ts'
import { dropRestart } from '#core/subscriptions/periods.ts'
import { readAddons, type Subscription, updateSubscriptionRow, writeAddons } from '#core/subscriptions/store.ts'
import { readPlanMeters, restoreMeters } from '#core/usage/subscription-meters.ts'
import type { PreviousPlan } from '#db/json-types.ts'
import type { BusinessCtx } from '#src/context.ts'

export async function readPreviousPlan(ctx: BusinessCtx, subscription: Subscription): Promise<PreviousPlan> {
  const { anchor, previous_billing_date, next_billing_date, subscription_id } = subscription
  const addons = await readAddons(ctx, subscription_id)
  const discounts = await readDiscounts(ctx, subscription_id)
  return {
    ...columnsOf(subscription),
    anchor: anchor?.toString() ?? null,
    previous_billing_date: previous_billing_date?.toString() ?? null,
    next_billing_date: next_billing_date?.toString() ?? null,
    discounts: discounts.map(({ discount_id, terms, cycles_remaining }) => ({ discount_id, terms, cycles_remaining })),
    meters: await readPlanMeters(ctx, subscription_id),
    addons: addons.map(({ addon_id, quantity, unit_price }) => ({ addon_id, quantity, unit_price })),
  }
}

/** Product, quantity, add-ons, discounts, prices, dates and keys are again what they were. The value of the period was never another. */
export async function restorePreviousPlan(
  ctx: BusinessCtx,
  subscription: Subscription,
  change: PlanChangeRow,
  previous: PreviousPlan,
): Promise<Subscription> {
  const { subscription_id } = subscription
  await writeAddons(ctx, subscription_id, previous.addons)
  await writeDiscounts(ctx, subscription_id, previous.discounts)
  await restoreMeters(ctx, subscription_id, previous.meters, change.effective_at)
  const next_billing_date = instantOf(previous.next_billing_date)
  if (change.restarts && next_billing_date !== null) {
    await dropRestart(ctx, subscription_id, change.period_start, next_billing_date)
  }
  const restored = await updateSubscriptionRow(ctx, subscription_id, {
    ...columnsOf(previous),
    anchor: instantOf(previous.anchor),
    previous_billing_date: instantOf(previous.previous_billing_date),
    next_billing_date,
  })
  await sellCredits(ctx, restored)
  await followUndo(ctx, restored, change.created_at)
  return restored
}

function columnsOf(
  plan: Omit<
    PreviousPlan,
    'anchor' | 'previous_billing_date' | 'next_billing_date' | 'addons' | 'discounts' | 'meters'
  >,
) {
  const { product_id, quantity, unit_price, recurring_pre_tax_amount, tax_inclusive } = plan
  const { payment_frequency_count, payment_frequency_interval, trial_period_days, period_number } = plan
  return {
    ...{ product_id, quantity, unit_price, recurring_pre_tax_amount, tax_inclusive },
    ...{ payment_frequency_count, payment_frequency_interval, trial_period_days, period_number },
  }
}

function instantOf(text: string | null): Temporal.Instant | null {
  return text === null ? null : Temporal.Instant.from(text)
}
