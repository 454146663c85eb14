// Why a plan cannot be changed now, decided before anything is chosen.
import { hasEnded } from '#billing/status.ts'
import type { BusinessSettings } from '#core/businesses/queries.ts'
import type { SubscriptionListed } from '#core/subscriptions/queries.ts'

export type Obstacle =
  | 'forbidden'
  | 'ended'
  | 'not_started'
  | 'on_hold'
  | 'past_due'
  | 'paused'
  | 'ending'
  | 'on_demand'
  | 'pending_change'
  | 'paying'
  | 'nothing_else'

export interface Standing {
  subscription: SubscriptionListed
  settings: Pick<BusinessSettings, 'allow_subscription_updates'>
  /** Now, in the business's time. */
  now: Temporal.Instant
  pending: boolean
  /** A payment of it is undecided. */
  paying: boolean
  /** Another plan, or its own in another number. */
  offers: boolean
}

/** The first that stands in the way; null where a change may be chosen. */
export function obstacleOf({ subscription, settings, now, pending, paying, offers }: Standing): Obstacle | null {
  const { status, next_billing_date: next, next_attempt_at } = subscription
  if (hasEnded(status)) return 'ended'
  if (!settings.allow_subscription_updates) return 'forbidden'
  if (status === 'pending') return 'not_started'
  if (status === 'on_hold' || status === 'past_due' || status === 'paused') return status
  if (next === null) return 'not_started'
  if (subscription.on_demand) return 'on_demand'
  if (subscription.cancel_at_next_billing_date) return 'ending'
  if (pending) return 'pending_change'
  const ahead = Temporal.Instant.compare(now, next) < 0
  if (paying || !ahead || next_attempt_at === null) return 'paying'
  return offers ? null : 'nothing_else'
}
