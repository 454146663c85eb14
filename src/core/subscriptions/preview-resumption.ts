import type { Released } from '#billing/hold.ts'
import { resumeDates } from '#billing/pause.ts'
import { frequencyOf } from '#core/subscriptions/lines.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import type { BusinessCtx } from '#src/context.ts'

/** The dates as they would be if it were resumed at `at`; of one that runs, if it were paused this instant. Changes nothing. */
export function previewResumption(
  ctx: BusinessCtx,
  subscription: Subscription,
  at: Temporal.Instant = ctx.clock.now(),
): Released | undefined {
  const { anchor, next_billing_date, paused_at, expires_at } = subscription
  if (anchor === null || next_billing_date === null) return undefined
  const paused = { anchor, next_billing_date, expires_at, paused_at: paused_at ?? ctx.clock.now() }
  return resumeDates({ ...subscription, ...paused }, frequencyOf(subscription), at)
}
