import type { Notice } from '#portal/notice.tsx'
import { AppError, type ErrorCode } from '#src/errors.ts'

/** What stands in the way of a deed, as the page one comes back to says it. */
const obstacles: Partial<Record<ErrorCode, Notice>> = {
  PREVIOUS_PAYMENT_PENDING: 'payment_pending',
  PENDING_PLAN_CHANGE_EXISTS: 'payment_pending',
}

/**
 * Waits for a deed that names what to say of it. Pressed twice, in two tabs, too late: the page tells how things stand, in place of
 * an error. `already`: what to say for codes by which the verb tells that it was done before.
 */
export async function told(deed: Promise<Notice>, already: Partial<Record<ErrorCode, Notice>> = {}): Promise<Notice> {
  try {
    return await deed
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500 || error.code === 'NOT_FOUND') throw error
    return already[error.code] ?? obstacles[error.code] ?? 'not_possible'
  }
}
