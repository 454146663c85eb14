// What an error is to the one who asked: its own status, 503 where the database is away, else our fault.
import { isLostConnection } from '#db/lost-connection.ts'
import { AppError } from '#src/errors.ts'

export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  return new AppError(isLostConnection(error) ? 'SERVICE_UNAVAILABLE' : 'INTERNAL_SERVER_ERROR', { cause: error })
}
