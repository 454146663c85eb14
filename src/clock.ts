// Two clocks. Wall time is for leases, sessions, links and delivery. A business's own time is for periods, dues, invoices and events:
// wall plus the business's offset, which only test mode can move, and only forward.

export interface Clock {
  now(): Temporal.Instant
}

export const systemClock: Clock = { now: () => Temporal.Now.instant() }

/** Another clock, shifted; it keeps ticking. */
export function offsetClock(clock: Clock, offsetMilliseconds: number): Clock {
  if (offsetMilliseconds === 0) return clock
  return { now: () => clock.now().add({ milliseconds: offsetMilliseconds }) }
}
