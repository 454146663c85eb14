// A pause ends: what lies ahead moves by its length, and the keys work again.
import { resumeDates } from '#billing/pause.ts'
import { nextAttempt } from '#billing/renewal.ts'
import { recordAudit } from '#core/audit/record-audit.ts'
import { getSettings } from '#core/businesses/queries.ts'
import { followSubscription } from '#core/entitlements/follow-subscription.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { frequencyOf } from '#core/subscriptions/lines.ts'
import { insertGap, readCurrentPeriod } from '#core/subscriptions/periods.ts'
import { lockSubscription, type Subscription, updateSubscriptionRow } from '#core/subscriptions/store.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

/**
 * A customer ends a pause of their own whatever the business allows, and one of the merchant's only where customers may pause.
 * Throws SUBSCRIPTION_NOT_PAUSED, SUBSCRIPTION_CUSTOMER_PAUSE_DISABLED.
 */
export async function resumeSubscription(outer: BusinessCtx, subscription_id: string): Promise<Subscription> {
  return inTransaction(outer, async (ctx) => {
    const subscription = await lockSubscription(ctx, subscription_id)
    if (subscription.status !== 'paused') throw new AppError('SUBSCRIPTION_NOT_PAUSED')
    const foreign = ctx.actor.type === 'customer' && subscription.paused_by !== 'customer'
    if (foreign && !(await getSettings(ctx)).allow_subscription_pause) {
      throw new AppError('SUBSCRIPTION_CUSTOMER_PAUSE_DISABLED')
    }
    return endPause(ctx, subscription)
  })
}

/** Ends a pause whose date has come, also one that waits on hold for its usage; calling it again is harmless. */
export async function resumeDue(outer: BusinessCtx, subscription_id: string): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    const subscription = await lockSubscription(ctx, subscription_id)
    const { resumes_at } = subscription
    if (resumes_at === null || Temporal.Instant.compare(resumes_at, ctx.clock.now()) > 0) return
    if (subscription.status === 'paused') await endPause(ctx, subscription)
    else await updateSubscriptionRow(ctx, subscription_id, NOT_PAUSED)
  })
}

const NOT_PAUSED = { paused_at: null, paused_by: null, resumes_at: null }

async function endPause(ctx: BusinessCtx, subscription: Subscription): Promise<Subscription> {
  const { subscription_id, customer_id, anchor, next_billing_date, paused_at } = subscription
  if (anchor === null || next_billing_date === null || paused_at === null) {
    throw new Error('a paused subscription has dates')
  }
  const now = ctx.clock.now()
  const resumed = resumeDates({ ...subscription, anchor, next_billing_date, paused_at }, frequencyOf(subscription), now)
  await insertGap(ctx, subscription_id, { kind: 'paused', since: paused_at, length: paused_at.until(now) })
  const active = await updateSubscriptionRow(ctx, subscription_id, {
    status: 'active',
    ...NOT_PAUSED,
    ...resumed,
    previous_billing_date: (await readCurrentPeriod(ctx, subscription_id)).period_start,
    next_attempt_at: nextAttempt(resumed.next_billing_date, now),
  })
  await followSubscription(ctx, active)
  await recordEvent(ctx, { type: 'subscription.unpaused', resource_id: subscription_id, customer_id })
  await recordAudit(ctx, { action: 'subscription.resumed', resource_id: subscription_id, customer_id })
  return active
}
