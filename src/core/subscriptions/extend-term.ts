import { type Frequency, periodAt } from '#billing/period.ts'
import { isOverdue, isRunning } from '#billing/status.ts'
import { extendTerm as decideExtension } from '#billing/term.ts'
import { from } from '#core/scope.ts'
import { frequencyOf } from '#core/subscriptions/lines.ts'
import { moveCurrentPeriodEnd, noteWholePeriod } from '#core/subscriptions/periods.ts'
import { type Subscription, updateSubscriptionRow } from '#core/subscriptions/store.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

/**
 * The term of a locked subscription becomes a longer one: `expires_at` moves, and what would have ended then goes on. Charges nothing.
 * Throws SUBSCRIPTION_INACTIVE where it does not run, 422 for a shorter term, and where what is owed was priced by the old one.
 */
export async function extendTerm(ctx: BusinessCtx, subscription: Subscription, term: Frequency): Promise<Subscription> {
  const { subscription_id, status, anchor, next_billing_date, expires_at, on_demand } = subscription
  if (!isRunning(status) || anchor === null || next_billing_date === null || expires_at === null) {
    throw new AppError('SUBSCRIPTION_INACTIVE')
  }
  const decision = decideExtension(
    {
      ...subscription,
      ...{ anchor, next_billing_date, expires_at },
      began: await readBeginning(ctx, subscription_id),
      term: { count: subscription.subscription_period_count, interval: subscription.subscription_period_interval },
      frequency: frequencyOf(subscription),
    },
    term,
  )
  if (decision.type === 'shorter') {
    throw new AppError('INVALID_REQUEST_PARAMETERS', {
      message: 'The subscription period can only be extended',
      field: 'subscription_period_count',
    })
  }
  if (isOverdue(status)) await assertOwedWhole(ctx, { ...subscription, anchor, expires_at }, decision.recut !== null)
  const period = { subscription_period_count: term.count, subscription_period_interval: term.interval }
  if (on_demand) {
    // Its one period is its term.
    await moveCurrentPeriodEnd(ctx, subscription_id, decision.expires_at)
    const dates = { next_billing_date: decision.expires_at, expires_at: decision.expires_at }
    const next_attempt_at = status === 'active' ? decision.expires_at : null
    return updateSubscriptionRow(ctx, subscription_id, { ...period, ...dates, next_attempt_at })
  }
  const { whole_until, ...dates } = decision.recut ?? {}
  if (whole_until !== undefined) await noteWholePeriod(ctx, subscription_id, whole_until)
  return updateSubscriptionRow(ctx, subscription_id, { ...period, ...dates, expires_at: decision.expires_at })
}

/** The term counts from the first period, or from the trial before it. */
async function readBeginning(ctx: BusinessCtx, subscription_id: string): Promise<Temporal.Instant> {
  const { period_start } = await from(ctx, 'subscription_periods')
    .select('period_start')
    .where('subscription_id', '=', subscription_id)
    .orderBy('period_start')
    .limit(1)
    .executeTakeFirstOrThrow()
  return period_start
}

/** A part of a period is owed for its part of the price: it is paid as that before the term makes it another. */
async function assertOwedWhole(
  ctx: BusinessCtx,
  subscription: Subscription & { anchor: Temporal.Instant; expires_at: Temporal.Instant },
  recut: boolean,
): Promise<void> {
  const { subscription_id, anchor, period_number, expires_at } = subscription
  const owed = await from(ctx, 'dues')
    .select('dues_id')
    .where('subscription_id', '=', subscription_id)
    .where('status', '=', 'open')
    .where('kind', '=', 'renewal')
    .where('period_end', '=', expires_at)
    .executeTakeFirst()
  const counted = periodAt(anchor, frequencyOf(subscription), period_number + 1)
  if (!recut && (owed === undefined || counted.end.equals(expires_at))) return
  throw new AppError('UNSUPPORTED_ACTION', {
    message: 'What is owed is for a period that the end of the term cuts short: extend it once that is paid',
    field: 'subscription_period_count',
  })
}
