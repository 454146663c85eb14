// Logs hold ids, never a token, a key, a mail address or a card. What could carry one is cut before it is written.
import { type Logger, pino } from 'pino'

export function createLog(level: string): Logger {
  return pino({
    level,
    base: undefined,
    redact: { paths: ['err.config', 'err.parameters', '*.authorization', '*.cookie'], remove: true },
  })
}
