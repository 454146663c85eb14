// What a subscription's status means for what it unlocks.
import type { SubscriptionStatus } from './status.ts'

export type GrantStatus = 'Pending' | 'Delivered' | 'Failed' | 'Revoked'

export type RevocationReason =
  | 'subscription_cancelled'
  | 'subscription_on_hold'
  | 'SubscriptionPaused'
  | 'subscription_expired'
  | 'plan_changed'
  | 'refund'
  | 'manual'
  | 'license_key_disabled'
  | 'platform_external'

export interface GrantState {
  status: GrantStatus
  revocation_reason: string | null
}

export type GrantDecision = { type: 'keep' } | { type: 'deliver' } | { type: 'revoke'; reason: RevocationReason }

/** Why a subscription in this status unlocks nothing; undefined where it does. In grace it does. */
export function closedBecause(status: SubscriptionStatus): RevocationReason | undefined {
  return reasons[status]
}

const reasons: Partial<Record<SubscriptionStatus, RevocationReason>> = {
  on_hold: 'subscription_on_hold',
  paused: 'SubscriptionPaused',
  cancelled: 'subscription_cancelled',
  expired: 'subscription_expired',
}

/** Only at rest: it opens again with the subscription. */
export function isResting(grant: GrantState): boolean {
  return grant.revocation_reason === 'subscription_on_hold' || grant.revocation_reason === 'SubscriptionPaused'
}

/**
 * What becomes of a grant when its subscription has this status now. Delivered and then on_hold: revoke, subscription_on_hold; then
 * active: deliver; then cancelled: revoke, subscription_cancelled; then active: keep. What was revoked for another reason than the
 * subscription's rest is kept: the merchant disabled the key, or another plan took its place.
 */
export function decideGrant(grant: GrantState, status: SubscriptionStatus): GrantDecision {
  const reason = closedBecause(status)
  const revoked = grant.status === 'Revoked'
  if (reason === undefined) {
    const waits = revoked ? isResting(grant) : grant.status === 'Pending'
    return waits && opens(status) ? { type: 'deliver' } : { type: 'keep' }
  }
  const closes = !revoked || (isResting(grant) && grant.revocation_reason !== reason)
  return closes ? { type: 'revoke', reason } : { type: 'keep' }
}

/** A subscription that was never paid for unlocks nothing yet. */
function opens(status: SubscriptionStatus): boolean {
  return status === 'active' || status === 'past_due'
}

export interface HeldGrant extends GrantState {
  grant_id: string
  entitlement_id: string
}

export interface WantedGrants {
  entitlement_id: string
  /** One for each seat of a license key, otherwise 1. */
  count: number
}

/**
 * A change of plan, grant by grant: what both plans unlock is kept, key and devices with it. Basic unlocks A with 2 keys, Pro unlocks A and
 * B with 1 seat: the older key of A is kept, the newer one revoked, one of B is to be created. A key the merchant disabled keeps its
 * seat; what an earlier change took away has none.
 */
export function planGrants<Held extends HeldGrant>(held: readonly Held[], wanted: readonly WantedGrants[]) {
  const seated = held.filter((grant) => grant.status !== 'Revoked' || isResting(grant) || isMerchants(grant))
  const kept = wanted.flatMap(({ entitlement_id, count }) =>
    seated
      .filter((grant) => grant.entitlement_id === entitlement_id)
      .toSorted(liveThenOldest)
      .slice(0, count),
  )
  return {
    kept,
    revoked: seated.filter((grant) => !kept.includes(grant)),
    created: wanted
      .map(({ entitlement_id, count }) => {
        const has = kept.filter((grant) => grant.entitlement_id === entitlement_id).length
        return { entitlement_id, count: count - has }
      })
      .filter(({ count }) => count > 0),
  }
}

/** The merchant took it from the customer, and may give it back. */
export function isMerchants(grant: GrantState): boolean {
  return grant.revocation_reason === 'license_key_disabled' || grant.revocation_reason === 'manual'
}

function liveThenOldest(a: HeldGrant, b: HeldGrant): number {
  const dead = Number(isMerchants(a)) - Number(isMerchants(b))
  return dead === 0 ? Number(a.grant_id > b.grant_id) - Number(a.grant_id < b.grant_id) : dead
}
