// When an undecided payment, refund or set-up is asked about again, in wall time.

/** The direct answer gets this long before reconciling asks on its own. */
const GRACE = Temporal.Duration.from({ seconds: 90 })

/** After this long without an answer a person should look; asking goes on, rarely. */
const ATTENTION_AFTER = Temporal.Duration.from({ hours: 24 })

export function firstCheck(wall: Temporal.Instant): Temporal.Instant {
  return wall.add(GRACE)
}

export interface NextCheck {
  next_check_at: Temporal.Instant
  needs_attention: boolean
}

/** Every 10 s in the first minutes, then every minute, then every quarter of an hour. */
export function nextCheck(wall: Temporal.Instant, unknownSince: Temporal.Instant): NextCheck {
  const seconds = (wall.epochMilliseconds - unknownSince.epochMilliseconds) / 1000
  const attention = ATTENTION_AFTER.total('seconds')
  const wait = seconds < 300 ? 10 : seconds < attention ? 60 : 900
  return { next_check_at: wall.add({ seconds: wait }), needs_attention: seconds >= attention }
}
