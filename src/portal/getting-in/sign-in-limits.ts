// How often one address may knock. By the caller's address only: a stranger can never lock out somebody else's.
import type { MiddlewareHandler } from 'hono'
import { limiter } from '#door/limiter.ts'
import type { AppEnv } from '#src/app-env.ts'

/** One count for all ways in. */
export function signInLimits(): MiddlewareHandler<AppEnv> {
  const perMinute = limiter(30, 60)
  return async (c, next) => {
    await perMinute(c, c.var.client_ip)
    return next()
  }
}
