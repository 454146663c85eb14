// What the pause form is drawn from: whether it may be paused, until when, and what that does to its dates and money.
import { decidePause, type PauseDecision } from '#billing/pause.ts'
import { type BusinessSettings, getSettings } from '#core/businesses/queries.ts'
import { hasOpenPayment } from '#core/payments/queries.ts'
import { previewResumption } from '#core/subscriptions/preview-resumption.ts'
import type { SubscriptionListed } from '#core/subscriptions/queries.ts'
import { previewFinalUsage } from '#core/usage/preview-usage.ts'
import type { PauseOptions } from '#portal/pausing/pause-form.tsx'
import { pauseLengths, resumesAt } from '#portal/pausing/pausing-form.ts'
import type { BusinessCtx } from '#src/context.ts'

export async function pauseOptions(ctx: BusinessCtx, subscription: SubscriptionListed): Promise<PauseOptions> {
  const [settings, pending] = await Promise.all([getSettings(ctx), isBusy(ctx, subscription)])
  const now = ctx.clock.now()
  const refused = refusalOf(decidePause({ ...subscription, payment_pending: pending }, now), settings)
  const bills = refused === null && settings.bill_usage_at_pause && subscription.meters.length > 0
  return {
    refused,
    choices: pauseLengths.map((length) => {
      const resumes_at = resumesAt(length, now, ctx.business.timezone)
      const dates = resumes_at === null ? undefined : previewResumption(ctx, subscription, resumes_at)
      return { length, resumes_at, next_billing_date: dates?.next_billing_date ?? null }
    }),
    charged_now: bills ? await previewFinalUsage(ctx, subscription) : 0,
    currency: subscription.currency,
    metered: subscription.meters.length > 0,
    may_resume: subscription.paused_by === 'customer' || settings.allow_subscription_pause,
  }
}

async function isBusy(ctx: BusinessCtx, { status, next_attempt_at, subscription_id }: SubscriptionListed) {
  return status === 'active' && (next_attempt_at === null || (await hasOpenPayment(ctx, subscription_id)))
}

function refusalOf(
  decision: PauseDecision,
  { allow_subscription_pause }: Pick<BusinessSettings, 'allow_subscription_pause'>,
): PauseOptions['refused'] {
  if (!allow_subscription_pause) return 'forbidden'
  return decision.type === 'pause' ? null : decision.reason
}
