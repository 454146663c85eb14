import { recordAudit } from '#core/audit/record-audit.ts'
import { endDunning } from '#core/dunning/end-dunning.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { hasOpenPayment } from '#core/payments/queries.ts'
import { closeDues } from '#core/payments/store.ts'
import { restorePreviousPlan } from '#core/plan-changes/previous-plan.ts'
import { findUnpaidChange, markUndone, type PlanChangeRow } from '#core/plan-changes/store.ts'
import { closeOpenPage } from '#core/recovery/close-open-page.ts'
import { reactivateSubscription } from '#core/subscriptions/reactivate-subscription.ts'
import { lockSubscription, type Subscription } from '#core/subscriptions/store.ts'
import type { PreviousPlan } from '#db/json-types.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

/**
 * Takes back a change that was made at once and never paid for, where nothing but its charge holds the subscription: the old plan runs on
 * with the time it had left, and nothing is owed. Money that comes later is refunded.
 * Throws UNSUPPORTED_ACTION where there is nothing to undo, PREVIOUS_PAYMENT_PENDING while its payment is undecided.
 */
export async function undoPlanChange(outer: BusinessCtx, subscription_id: string): Promise<Subscription> {
  await closeOpenPage(outer, subscription_id)
  return inTransaction(outer, async (ctx) => {
    const subscription = await lockSubscription(ctx, subscription_id)
    const { customer_id } = subscription
    const change = await getUndoable(ctx, subscription)
    const { change_id, dues_id, product_id } = change
    if (dues_id !== null) await closeDues(ctx, dues_id, 'void')
    await markUndone(ctx, change_id)
    const restored = await restorePreviousPlan(ctx, subscription, change, change.previous)
    const data = { deed: 'plan_change_undone', change_id }
    await recordEvent(ctx, { type: 'subscription.plan_changed', resource_id: subscription_id, customer_id, data })
    await recordAudit(ctx, {
      action: 'subscription.plan_change_undone',
      resource_id: subscription_id,
      customer_id,
      details: { change_id, product_id },
    })
    await reactivateSubscription(ctx, restored, null)
    await endDunning(ctx, subscription_id, 'recovered')
    return lockSubscription(ctx, subscription_id)
  })
}

/** Whether `undoPlanChange` would find something to undo. */
export async function canUndoPlanChange(ctx: BusinessCtx, subscription: Subscription): Promise<boolean> {
  if (subscription.status !== 'on_hold') return false
  const change = await findUnpaidChange(ctx, subscription.subscription_id)
  return change !== undefined && change.previous !== null
}

async function getUndoable(
  ctx: BusinessCtx,
  subscription: Subscription,
): Promise<PlanChangeRow & { previous: PreviousPlan }> {
  const { status, subscription_id } = subscription
  const change = status === 'on_hold' ? await findUnpaidChange(ctx, subscription_id) : undefined
  if (change === undefined || change.previous === null) {
    throw new AppError('UNSUPPORTED_ACTION', { message: 'There is no unpaid change of plan to take back' })
  }
  if (await hasOpenPayment(ctx, subscription_id)) throw new AppError('PREVIOUS_PAYMENT_PENDING')
  return { ...change, previous: change.previous }
}
