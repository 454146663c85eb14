import { StartupError } from '#db/startup-error.ts'

/** Says what to do in one sentence and ends the process; only what nobody foresaw shows its stack. */
export function exitWithStartupError(error: unknown): never {
  console.error(error instanceof StartupError ? error.message : error)
  process.exit(1)
}
