// Pausing: nothing is billed and nothing works until it is resumed, by somebody or by a date.
import { decidePause, type PauseDecision } from '#billing/pause.ts'
import { recordAudit } from '#core/audit/record-audit.ts'
import { getSettings } from '#core/businesses/queries.ts'
import { followSubscription } from '#core/entitlements/follow-subscription.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { hasOpenPayment } from '#core/payments/queries.ts'
import { dropWaiting } from '#core/plan-changes/store.ts'
import { closeOpenPage } from '#core/recovery/close-open-page.ts'
import { readCurrentPeriod } from '#core/subscriptions/periods.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import { lockSubscription, type Subscription, updateSubscriptionRow } from '#core/subscriptions/store.ts'
import { billUsage } from '#core/usage/bill-usage.ts'
import { collectUsage } from '#core/usage/collect-usage.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

export interface Pause {
  /** In the business's time; null or left out, it lasts until somebody ends it. */
  resumes_at?: Temporal.Instant | null
  /** By the merchant: a customer may take it, whatever the settings say. */
  offered?: boolean
}

const REFUSALS = {
  paused_already: 'SUBSCRIPTION_ALREADY_PAUSED',
  not_eligible: 'SUBSCRIPTION_NOT_ELIGIBLE_FOR_PAUSE',
  payment_pending: 'PREVIOUS_PAYMENT_PENDING',
} as const satisfies Record<Extract<PauseDecision, { type: 'refused' }>['reason'], string>

/**
 * Pauses for the merchant or, where `ctx.actor` is a customer and the business lets them, for the customer. A scheduled change, a
 * scheduled cancellation and the end of the term wait for the dates as they will be.
 * What was used so far is billed first, unless the business waits for the renewal.
 * Throws SUBSCRIPTION_CUSTOMER_PAUSE_DISABLED, SUBSCRIPTION_ALREADY_PAUSED, SUBSCRIPTION_NOT_ELIGIBLE_FOR_PAUSE,
 * SUBSCRIPTION_PAUSE_REQUIRES_PAYMENT_METHOD, PREVIOUS_PAYMENT_PENDING.
 */
export async function pauseSubscription(
  outer: BusinessCtx,
  subscription_id: string,
  { resumes_at = null, offered = false }: Pause = {},
): Promise<Subscription> {
  // A page on which a change of plan could be paid for is closed; the change dies with the pause.
  if (!outer.db.isTransaction) await closeOpenPage(outer, subscription_id)
  const paused = await inTransaction(outer, (ctx) => pause(ctx, subscription_id, { resumes_at, offered }))
  await collectUsage(outer, subscription_id)
  return outer.db.isTransaction ? paused : getSubscription(outer, subscription_id)
}

async function pause(
  ctx: BusinessCtx,
  subscription_id: string,
  { resumes_at, offered }: { resumes_at: Temporal.Instant | null; offered: boolean },
): Promise<Subscription> {
  const subscription = await lockSubscription(ctx, subscription_id)
  const byCustomer = ctx.actor.type === 'customer'
  const settings = await getSettings(ctx)
  if (byCustomer && !offered && !settings.allow_subscription_pause)
    throw new AppError('SUBSCRIPTION_CUSTOMER_PAUSE_DISABLED')
  const now = ctx.clock.now()
  await assertPausable(ctx, subscription, now)
  assertAhead(resumes_at, now)
  await dropWaiting(ctx, subscription_id, ['pending'])
  if (settings.bill_usage_at_pause) await billUsed(ctx, subscription, now)
  const paused = await updateSubscriptionRow(ctx, subscription_id, {
    status: 'paused',
    paused_at: now,
    paused_by: byCustomer ? 'customer' : 'merchant',
    resumes_at,
    next_attempt_at: null,
  })
  await followSubscription(ctx, paused)
  const { customer_id } = subscription
  await recordEvent(ctx, { type: 'subscription.paused', resource_id: subscription_id, customer_id })
  await recordAudit(ctx, {
    action: 'subscription.paused',
    resource_id: subscription_id,
    customer_id,
    details: { resumes_at: resumes_at?.toString() ?? null },
  })
  return paused
}

/** What was used so far; the period goes on, and its free units stay used up. Declined, it is on hold, and paying leads to the pause. */
async function billUsed(ctx: BusinessCtx, subscription: Subscription, now: Temporal.Instant): Promise<void> {
  const payment = await billUsage(ctx, subscription, { until: now, period: 'goes_on' })
  if (payment === undefined || payment.processor === null) return
  if (subscription.payment_method_id === null) throw new AppError('SUBSCRIPTION_PAUSE_REQUIRES_PAYMENT_METHOD')
}

async function assertPausable(ctx: BusinessCtx, subscription: Subscription, now: Temporal.Instant): Promise<void> {
  const { subscription_id, status, next_attempt_at } = subscription
  const active = status === 'active'
  const decision = decidePause(
    {
      ...subscription,
      in_trial: active && (await readCurrentPeriod(ctx, subscription_id)).kind === 'trial',
      payment_pending: active && (next_attempt_at === null || (await hasOpenPayment(ctx, subscription_id))),
    },
    now,
  )
  if (decision.type === 'refused') throw new AppError(REFUSALS[decision.reason])
}

function assertAhead(resumes_at: Temporal.Instant | null, now: Temporal.Instant): void {
  if (resumes_at === null || Temporal.Instant.compare(resumes_at, now) > 0) return
  throw new AppError('INVALID_REQUEST_PARAMETERS', {
    message: 'The pause must end at a time that lies ahead',
    field: 'resumes_at',
  })
}
