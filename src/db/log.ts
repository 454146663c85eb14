import type { Logger } from 'pino'

/** What this folder needs of the process's log. */
export type Log = Pick<Logger, 'info' | 'warn' | 'error'>
