// What becomes of a request that was noted before.
import type { NotedRequest } from './request.ts'

/** So long a key means the same request. */
export const KEY_LASTS = Temporal.Duration.from({ hours: 24 * 30 })

type Noted = Pick<
  NotedRequest,
  'created_at' | 'request_hash' | 'ended_at' | 'claimed_until' | 'status' | 'answer' | 'has_effect'
>

export type Repeat =
  /** So long ago that it is another one. */
  | 'anew'
  /** It changed nothing, or may be done twice. */
  | 'again'
  | 'replay'
  /** The key was sent with another request. */
  | 'other_request'
  | 'under_way'
  /** It changed something, and then its process ended, or failed: nobody knows what it would have answered. */
  | 'interrupted'
  /** It was done and answered; the answer was erased. */
  | 'forgotten'

/**
 * What may change something twice is not begun twice. Example: refused by a decline of the database before its first commit → `again`;
 * cut off after it → `interrupted`; answered 200 → `replay`.
 */
export function decideRepeat(
  noted: Noted,
  asked: { now: Temporal.Instant; request_hash: string; may_repeat: boolean },
): Repeat {
  const { now, request_hash, may_repeat } = asked
  if (isBefore(noted.created_at.add(KEY_LASTS), now)) return 'anew'
  if (noted.request_hash !== null && noted.request_hash !== request_hash) return 'other_request'
  if (noted.ended_at === null && noted.claimed_until !== null && isBefore(now, noted.claimed_until)) return 'under_way'
  if (noted.answer !== null) return 'replay'
  if (may_repeat) return 'again'
  if (noted.status !== null) return 'forgotten'
  return noted.has_effect ? 'interrupted' : 'again'
}

function isBefore(one: Temporal.Instant, other: Temporal.Instant): boolean {
  return Temporal.Instant.compare(one, other) < 0
}
