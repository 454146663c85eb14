// When a license key works.

export interface KeyState {
  status: 'active' | 'disabled' | 'expired'
  /** Of a key that was bought once, where it has an end. */
  expires_at: Temporal.Instant | null
}

/** Active, and its own end has not come. An active key that ends on 1 March works on 28 February and not on 1 March at 00:00. */
export function licenseKeyWorks({ status, expires_at }: KeyState, now: Temporal.Instant): boolean {
  return status === 'active' && !hasPassed(expires_at, now)
}

export type Activation = { type: 'activate' } | { type: 'refused'; reason: 'inactive' | 'limit_reached' }

/** One more device: with a limit of 5 and 4 devices yes, with 5 no; without a limit always. */
export function decideActivation(
  key: KeyState & { activations_limit: number | null; instances_count: number },
  now: Temporal.Instant,
): Activation {
  if (!licenseKeyWorks(key, now)) return { type: 'refused', reason: 'inactive' }
  const full = key.activations_limit !== null && key.instances_count >= key.activations_limit
  return full ? { type: 'refused', reason: 'limit_reached' } : { type: 'activate' }
}

/** What a key that is opened is from now on: active, or expired where its end passed meanwhile. */
export function statusWhenOpened(expires_at: Temporal.Instant | null, now: Temporal.Instant): 'active' | 'expired' {
  return hasPassed(expires_at, now) ? 'expired' : 'active'
}

function hasPassed(end: Temporal.Instant | null, now: Temporal.Instant): boolean {
  return end !== null && Temporal.Instant.compare(end, now) <= 0
}
