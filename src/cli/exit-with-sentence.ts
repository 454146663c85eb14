import { UsageError } from '#cli/usage-error.ts'
import { AppError } from '#src/errors.ts'
import { exitWithStartupError } from '#src/exit.ts'

/** 2 where the command was not written rightly, 1 where it could not be done. */
export function exitWithSentence(error: unknown): never {
  if (!(error instanceof UsageError || error instanceof AppError)) return exitWithStartupError(error)
  console.error(/[.!?]$/.test(error.message) ? error.message : `${error.message}.`)
  process.exit(error instanceof UsageError ? 2 : 1)
}
