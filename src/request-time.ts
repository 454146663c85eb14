// How long a client may take over its request. What is short has seconds; a file has its time while bytes keep coming.
import type { IncomingMessage, Server } from 'node:http'

/** For all of a request that brings a file, as the server itself counts it. */
export const MOST_REQUEST_MS = 60 * 60 * 1000

interface Limits {
  /** For the body of any other request. */
  short_ms: number
  /** Without a byte of a file. */
  idle_ms: number
}

const FILE_PATHS = [/^\/files\//, /^\/api\/entitlements\/[^/?]+\/files\/?(?:\?|$)/]

export function limitRequestTime(
  server: Server,
  { short_ms, idle_ms }: Limits = { short_ms: 20_000, idle_ms: 60_000 },
) {
  server.prependListener('request', (request) => {
    if (!hasBody(request)) return
    if (FILE_PATHS.some((path) => path.test(request.url ?? ''))) watchBytes(request, idle_ms)
    else endWithin(request, short_ms)
  })
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

function endWithin(request: IncomingMessage, most: number): void {
  const timer = setTimeout(() => letGo(request), most).unref()
  const done = () => clearTimeout(timer)
  request.once('end', done).once('close', done)
}

/** While bytes wait to be read, as when the store is slow, it is not the client that dawdles. */
function watchBytes(request: IncomingMessage, most: number): void {
  const { socket } = request
  let seen = socket.bytesRead
  const timer = setInterval(() => {
    const stuck = socket.bytesRead === seen && request.readableLength === 0
    seen = socket.bytesRead
    if (stuck && !request.complete) letGo(request)
  }, most).unref()
  const done = () => clearInterval(timer)
  request.once('end', done).once('close', done)
}

function letGo({ complete, socket }: IncomingMessage): void {
  if (complete) return
  if (socket.writable) socket.write('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n')
  socket.destroySoon()
}
