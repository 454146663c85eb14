// How long a sign-in lasts, in wall time: a day however busy, two hours where nobody is there.

export const LIFETIME = Temporal.Duration.from({ hours: 24 })
export const IDLE = Temporal.Duration.from({ hours: 2 })

export function hasIdled({ last_seen_at }: { last_seen_at: Temporal.Instant }, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(last_seen_at.add(IDLE), now) < 0
}

/** The address a session was proven for, everywhere; undefined where it was not, or longer ago than a sign-in lasts. */
export function provenAddress(
  { proven_email_key, proven_at }: { proven_email_key: string | null; proven_at: Temporal.Instant | null },
  now: Temporal.Instant,
): { email_key: string; at: Temporal.Instant } | undefined {
  if (proven_email_key === null || proven_at === null) return undefined
  return Temporal.Instant.compare(proven_at.add(LIFETIME), now) > 0
    ? { email_key: proven_email_key, at: proven_at }
    : undefined
}
