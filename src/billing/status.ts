// What a subscription's status allows.

export type SubscriptionStatus =
  | 'pending'
  | 'active'
  | 'past_due'
  | 'on_hold'
  | 'paused'
  | 'cancelled'
  | 'failed'
  | 'expired'

const ENDED = new Set<SubscriptionStatus>(['cancelled', 'failed', 'expired'])

/** Ended for good; only a new purchase brings it back. */
export function hasEnded(status: SubscriptionStatus): boolean {
  return ENDED.has(status)
}

/** Begun and not ended: it can be cancelled. */
export function isRunning(status: SubscriptionStatus): boolean {
  return !hasEnded(status) && status !== 'pending'
}

/** Something is owed: nothing renews until it is paid. */
export function isOverdue(status: SubscriptionStatus): boolean {
  return status === 'on_hold' || status === 'past_due'
}
