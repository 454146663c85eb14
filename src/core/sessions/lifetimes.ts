// How long a sign-in lasts, in wall time: a day however busy, two hours where nobody is there.

export const LIFETIME = Temporal.Duration.from({ hours: 24 })
const IDLE = Temporal.Duration.from({ hours: 2 })

export function hasIdled({ last_seen_at }: { last_seen_at: Temporal.Instant }, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(last_seen_at.add(IDLE), now) < 0
}
