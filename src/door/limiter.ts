// How often somebody may do what costs work. Counted in this process: a restart forgives.
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { AppContext } from '#src/app-env.ts'
import { AppError } from '#src/errors.ts'

/** Counts one more for whom it is called with; throws TOO_MANY_REQUESTS above `points` in `seconds`. */
export function limiter(points: number, seconds: number) {
  const counted = new RateLimiterMemory({ points, duration: seconds })
  return async (c: AppContext, who: string): Promise<void> => {
    try {
      await counted.consume(who)
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal
      c.header('retry-after', String(seconds))
      throw new AppError('TOO_MANY_REQUESTS')
    }
  }
}
