// What an error is to the one who asked: its own status, 503 where the database is away, 4xx where the request could not be, else our fault.
import { HTTPException } from 'hono/http-exception'
import { isLostConnection } from '#db/lost-connection.ts'
import { AppError, type ErrorCode } from '#src/errors.ts'

export function asAppError(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError(codeOf(error), { cause: error })
}

function codeOf(error: unknown): ErrorCode {
  if (error instanceof HTTPException) return refusals[error.status] ?? 'INTERNAL_SERVER_ERROR'
  if (!(error instanceof Error)) return 'INTERNAL_SERVER_ERROR'
  if (error.message === BROKEN_FORM) return 'MALFORMED_REQUEST'
  // PostgreSQL holds no NUL: an id with one in it is nobody's.
  if ('code' in error && error.code === '22021') return 'NOT_FOUND'
  return isLostConnection(error) ? 'SERVICE_UNAVAILABLE' : 'INTERNAL_SERVER_ERROR'
}

/** What the web framework itself refuses. */
const refusals: Partial<Record<number, ErrorCode>> = { 400: 'MALFORMED_REQUEST', 413: 'PAYLOAD_TOO_LARGE' }

/** What the runtime says of a multipart body that is none. */
const BROKEN_FORM = 'Failed to parse body as FormData.'
