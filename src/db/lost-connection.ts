// Which failures mean that the database is away, and not that the query is wrong.

const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
])
/** Shutting down, crashed, starting; too many connections. */
const serverCodes = new Set(['57P01', '57P02', '57P03', '53300'])
const driverMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout)/

/** True where the same request may well succeed in a moment: answer 503 with Retry-After, or leave the work for later. */
export function isLostConnection(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (serverCodes.has(code) || code.startsWith('08')) return true
  const fromNetwork = 'syscall' in error && networkCodes.has(code)
  return (
    fromNetwork || driverMessages.test(error.message) || error.message.includes('Client network socket disconnected')
  )
}
