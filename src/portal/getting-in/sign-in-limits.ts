// How often one address may knock. By the caller's address only: a stranger can never lock out somebody else's.

import { RateLimiterMemory } from 'rate-limiter-flexible'
import type { AppContext } from '#src/app-env.ts'
import { AppError } from '#src/errors.ts'

const perMinute = new RateLimiterMemory({ points: 30, duration: 60 })

export async function limitSignIns(c: AppContext, next: () => Promise<void>) {
  try {
    await perMinute.consume(c.var.client_ip)
  } catch (error) {
    if (error instanceof Error) throw error
    c.header('retry-after', '60')
    throw new AppError('TOO_MANY_REQUESTS')
  }
  return next()
}
