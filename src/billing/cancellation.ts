// When a cancellation takes effect.
import { isRunning, type SubscriptionStatus } from './status.ts'

/** The reasons a customer may give, in the order they are shown. */
export const cancellationFeedbacks = [
  'too_expensive',
  'missing_features',
  'switched_service',
  'unused',
  'customer_service',
  'low_quality',
  'too_complex',
  'other',
] as const

export type CancellationTiming = 'at_next_billing_date' | 'now'

export type CancellationDecision =
  | { type: 'refused'; reason: 'not_running' }
  | { type: 'unchanged' }
  | { type: 'schedule'; at: Temporal.Instant }
  | { type: 'cancel' }

export interface Cancellable {
  status: SubscriptionStatus
  next_billing_date: Temporal.Instant | null
  cancel_at_next_billing_date: boolean
}

/**
 * An active subscription may end at its next billing date and stays revocable until then; on hold or paused, where no service is
 * running, that means now, unless it was scheduled before. Example: active, renews 3 Feb, asked for at_next_billing_date → schedule
 * 3 Feb; on hold → cancel.
 */
export function decideCancellation(subscription: Cancellable, timing: CancellationTiming): CancellationDecision {
  if (!isRunning(subscription.status)) return { type: 'refused', reason: 'not_running' }
  if (timing === 'now') return { type: 'cancel' }
  if (subscription.cancel_at_next_billing_date) return { type: 'unchanged' }
  if (subscription.status !== 'active' || subscription.next_billing_date === null) return { type: 'cancel' }
  return { type: 'schedule', at: subscription.next_billing_date }
}
