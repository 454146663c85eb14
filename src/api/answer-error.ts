// The one error boundary of the API.
import { isLostConnection } from '#db/lost-connection.ts'
import { AppError } from '#src/errors.ts'
import type { WireError } from '#wire/error.ts'
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { setHeaders } from './authenticate.ts'
import type { ApiEnv } from './env.ts'
import { TooManyRequests } from './rate-limits.ts'

const RETRY_SOON = '5'

export function answerError(error: Error, c: Context<ApiEnv>): Response {
  const expected = expectedOf(error, c)
  if (expected instanceof TooManyRequests) setHeaders(c, expected.headers)
  if (expected.status === 503) c.header('Retry-After', RETRY_SOON)
  // The same request would meet the same conflict: clients that retry by themselves should not.
  if (expected.status === 409) c.header('x-should-retry', 'false')
  c.header('Cache-Control', 'no-store')
  const { code, message } = expected
  return c.json({ code, message } satisfies WireError, expected.status as ContentfulStatusCode)
}

function expectedOf(error: Error, c: Context<ApiEnv>): AppError {
  if (error instanceof AppError) return error
  const lost = isLostConnection(error)
  const { log } = c.var.ctx
  log[lost ? 'warn' : 'error']({ err: error, request_id: c.var.request_id, path: c.req.path }, 'API request failed')
  return new AppError(lost ? 'SERVICE_UNAVAILABLE' : 'INTERNAL_SERVER_ERROR')
}
