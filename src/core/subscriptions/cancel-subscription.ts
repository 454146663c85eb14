// Cancelling: now, or at the next billing date with a way back until then.
import { type CancellationTiming, decideCancellation } from '#billing/cancellation.ts'
import { recordAudit } from '#core/audit/record-audit.ts'
import { getSettings } from '#core/businesses/queries.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { dropWaiting } from '#core/plan-changes/store.ts'
import { endSubscription } from '#core/subscriptions/end-subscription.ts'
import { lockSubscription, type Subscription, updateSubscriptionRow } from '#core/subscriptions/store.ts'
import { giveBackUnusedTime } from '#core/subscriptions/unused-time.ts'
import { collectUsage } from '#core/usage/collect-usage.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

export interface Cancellation {
  timing: CancellationTiming
  /** The end that was shown lies ahead: nothing ends sooner than that. */
  never_now?: boolean
  cancel_reason?: Subscription['cancel_reason']
  cancellation_feedback?: Subscription['cancellation_feedback']
  /** At most 500 characters. */
  cancellation_comment?: string | null
}

/**
 * Cancels for the merchant or, where `ctx.actor` is a customer, within what the business allows.
 * Throws CONFLICT where it would end at once and must not, SUBSCRIPTION_INACTIVE where it has ended or never began, SUBSCRIPTION_CANCELLATION_NOT_ALLOWED where the business forbids it.
 */
export async function cancelSubscription(
  outer: BusinessCtx,
  subscription_id: string,
  input: Cancellation,
): Promise<Subscription> {
  const cancelled = await inTransaction(outer, async (ctx) => {
    const subscription = await lockSubscription(ctx, subscription_id)
    const decision = decideCancellation(subscription, input.timing)
    if (decision.type === 'refused') throw new AppError('SUBSCRIPTION_INACTIVE')
    await assertAllowed(ctx, decision.type)
    if (input.never_now && decision.type === 'cancel') throw new AppError('CONFLICT')
    if (decision.type === 'unchanged') return amendReasons(ctx, subscription, input)
    const explained = await writeReasons(ctx, subscription, input)
    if (decision.type === 'schedule') return scheduleCancellation(ctx, explained)
    const given_back = await giveBackUnusedTime(ctx, explained)
    return endSubscription(ctx, explained, { status: 'cancelled', at: ctx.clock.now(), given_back })
  })
  if (cancelled.status === 'cancelled') await collectUsage(outer, subscription_id)
  return cancelled
}

async function assertAllowed(ctx: BusinessCtx, type: 'unchanged' | 'schedule' | 'cancel'): Promise<void> {
  if (ctx.actor.type !== 'customer') return
  const settings = await getSettings(ctx)
  const allowed =
    settings.allow_subscription_cancellation && (type === 'cancel' || settings.allow_cancellation_at_next_billing_date)
  if (!allowed) throw new AppError('SUBSCRIPTION_CANCELLATION_NOT_ALLOWED')
}

async function writeReasons(ctx: BusinessCtx, subscription: Subscription, input: Cancellation): Promise<Subscription> {
  const byCustomer = ctx.actor.type === 'customer'
  return updateSubscriptionRow(ctx, subscription.subscription_id, {
    cancel_reason: input.cancel_reason ?? (byCustomer ? 'cancelled_by_customer' : 'cancelled_by_merchant'),
    cancellation_feedback: input.cancellation_feedback ?? null,
    cancellation_comment: input.cancellation_comment ?? null,
  })
}

/** Scheduled already: a reason that is named now replaces the one given then, and nothing else changes. */
async function amendReasons(ctx: BusinessCtx, subscription: Subscription, input: Cancellation): Promise<Subscription> {
  const { cancel_reason, cancellation_feedback, cancellation_comment } = input
  const reasons = { cancel_reason, cancellation_feedback, cancellation_comment }
  const named = Object.entries(reasons).filter(
    ([name, value]) => value && value !== subscription[name as keyof typeof reasons],
  )
  if (named.length === 0) return subscription
  const { subscription_id, customer_id } = subscription
  const amended = await updateSubscriptionRow(ctx, subscription_id, Object.fromEntries(named))
  await recordEvent(ctx, { type: 'subscription.updated', resource_id: subscription_id, customer_id })
  await recordAudit(ctx, { action: 'subscription.cancellation_explained', resource_id: subscription_id, customer_id })
  return amended
}

/** A scheduled change of plan is kept: it happens if the cancellation is taken back. */
async function scheduleCancellation(ctx: BusinessCtx, subscription: Subscription): Promise<Subscription> {
  const { subscription_id, customer_id } = subscription
  await dropWaiting(ctx, subscription_id, ['pending'])
  const scheduled = await updateSubscriptionRow(ctx, subscription_id, { cancel_at_next_billing_date: true })
  const data = { deed: 'cancellation_scheduled' }
  await recordEvent(ctx, { type: 'subscription.updated', resource_id: subscription_id, customer_id, data })
  await recordAudit(ctx, { action: 'subscription.cancellation_scheduled', resource_id: subscription_id, customer_id })
  return scheduled
}
