// What an error is to the one who asked: its own status, 503 where the database is away, else our fault.
import { HTTPException } from 'hono/http-exception'
import { isLostConnection } from '#db/lost-connection.ts'
import { AppError, type ErrorCode } from '#src/errors.ts'

export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (error instanceof HTTPException)
    return new AppError(refusals[error.status] ?? 'INTERNAL_SERVER_ERROR', { cause: error })
  return new AppError(isLostConnection(error) ? 'SERVICE_UNAVAILABLE' : 'INTERNAL_SERVER_ERROR', { cause: error })
}

/** What the web framework itself refuses. */
const refusals: Partial<Record<number, ErrorCode>> = { 400: 'MALFORMED_REQUEST', 413: 'PAYLOAD_TOO_LARGE' }
