// What a declined renewal does to a subscription that was running.

export interface GraceSettings {
  grace_period: boolean
  grace_period_days: number
  grace_period_action: 'on_hold' | 'cancel_subscription'
}

export type DeclineDecision =
  | { type: 'cancel' }
  | { type: 'on_hold' }
  | { type: 'past_due'; ends_at: Temporal.Instant; action: GraceSettings['grace_period_action'] }

/**
 * A cancellation that was scheduled takes effect; else grace, where the business grants it, with access and keys; else on hold. How
 * grace ends is fixed now. `since` is when the period began, or the decline that came much later (see heldSince).
 * Example: declined on 31 Jan, 3 days of grace → past_due until 3 Feb, then what the setting said on 31 Jan.
 */
export function decideDecline(
  subscription: { cancel_at_next_billing_date: boolean },
  settings: GraceSettings,
  since: Temporal.Instant,
): DeclineDecision {
  if (subscription.cancel_at_next_billing_date) return { type: 'cancel' }
  if (!settings.grace_period) return { type: 'on_hold' }
  const ends_at = since.add({ hours: 24 * settings.grace_period_days })
  return { type: 'past_due', ends_at, action: settings.grace_period_action }
}
