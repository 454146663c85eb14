// The one error boundary of the API.
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { asAppError } from '#src/failures.ts'
import type { WireError } from '#wire/error.ts'
import { setHeaders } from './authenticate.ts'
import type { ApiEnv } from './env.ts'
import { TooManyRequests } from './rate-limits.ts'

const RETRY_SOON = '5'

export function answerError(error: Error, c: Context<ApiEnv>): Response {
  const { code, message, status } = asAppError(error)
  if (status >= 500) c.var.ctx.log.error({ err: error, path: c.req.path }, 'an API request failed')
  if (error instanceof TooManyRequests) setHeaders(c, error.headers)
  if (status === 503) c.header('Retry-After', RETRY_SOON)
  // The same request would meet the same conflict: clients that retry by themselves should not.
  if (status === 409) c.header('x-should-retry', 'false')
  c.header('Cache-Control', 'no-store')
  return c.json({ code, message } satisfies WireError, status as ContentfulStatusCode)
}
