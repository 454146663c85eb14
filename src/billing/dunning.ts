// The steps by which a customer is reminded: up to four, counted in days from the beginning, each of which may be left out.

/** Days after the beginning, step by step; null leaves a step out. */
export type DunningSteps = readonly [number | null, number | null, number | null, number | null]

/** The last step taken or not, nobody is waited for longer than this after it. */
const WAIT_AFTER_LAST = Temporal.Duration.from({ hours: 24 * 7 })

export interface DunningStep {
  /** 1 to 4; undefined for the end of it. */
  step: number | undefined
  at: Temporal.Instant
}

/**
 * What comes after `taken` steps, not before `now`; without a step it is the moment at which the customer is given up.
 * Example: steps 1, 3, 5, 7, begun on 31 Jan → step 1 on 1 Feb, 2 on 3 Feb, 3 on 5 Feb, 4 on 7 Feb, given up on 14 Feb; with the second
 * left out, step 3 follows step 1.
 */
export function nextStep(
  steps: DunningSteps,
  begun: Temporal.Instant,
  taken: number,
  now: Temporal.Instant,
): DunningStep {
  const index = steps.findIndex((days, position) => position >= taken && days !== null)
  const days = steps[index]
  if (index === -1 || days == null) return { step: undefined, at: now.add(WAIT_AFTER_LAST) }
  const at = begun.add({ hours: 24 * days })
  return { step: index + 1, at: Temporal.Instant.compare(at, now) < 0 ? now : at }
}

/** Whether there is anything to say at all. */
export function hasSteps(steps: DunningSteps): boolean {
  return steps.some((days) => days !== null)
}
