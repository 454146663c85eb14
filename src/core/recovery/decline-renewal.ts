// A renewal was declined. Called by settling, with subscription, dues and payment locked.
import { decideDecline } from '#billing/grace.ts'
import { heldSince } from '#billing/hold.ts'
import { endsChain, nextRetry } from '#billing/retry.ts'
import { getSettings } from '#core/businesses/queries.ts'
import type { Dues, Payment } from '#core/payments/queries.ts'
import { stopRunning } from '#core/plan-changes/settle-plan-change.ts'
import { enterGrace } from '#core/recovery/enter-grace.ts'
import { countRetries, planRetry } from '#core/recovery/store.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import type { BusinessCtx } from '#src/context.ts'

/** One that ran goes on hold or into grace, and the method is asked again later where the business wants that. */
export async function declineRenewal(
  ctx: BusinessCtx,
  subscription: Subscription,
  dues: Dues,
  payment: Payment,
): Promise<void> {
  if (payment.off_session) await planNextRetry(ctx, dues, payment)
  if (subscription.status !== 'active') return
  const now = ctx.clock.now()
  const since = dues.period_start === null ? now : heldSince(now, dues.period_start)
  const decision = decideDecline(subscription, await getSettings(ctx), since)
  if (decision.type === 'past_due') await enterGrace(ctx, subscription, decision)
  else await stopRunning(ctx, subscription)
}

/** What somebody else asked for leaves the plan as it is, unless its answer says that asking again is no use. */
async function planNextRetry(ctx: BusinessCtx, dues: Dues, payment: Payment): Promise<void> {
  const now = ctx.clock.now()
  const declined_at = dues.declined_at ?? now
  const own = payment.origin === 'first' || payment.origin === 'automatic_retry'
  if (!own) {
    if (endsChain(payment.error_code)) await planRetry(ctx, dues.dues_id, { next_retry_at: null })
    return
  }
  const settings = await getSettings(ctx)
  const made = await countRetries(ctx, dues.dues_id)
  const declined = { code: payment.error_code, declined_at, automatic: made.automatic, retries: made.retries }
  // Without a method there is nothing to ask again: the customer is.
  const next_retry_at =
    settings.payment_retries && payment.payment_method_id !== null
      ? (nextRetry(declined, settings.payment_retry_window_days, now) ?? null)
      : null
  await planRetry(ctx, dues.dues_id, { declined_at, next_retry_at })
}
