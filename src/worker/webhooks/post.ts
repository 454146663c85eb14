// One request to an address of a merchant's: to public addresses only, pinned to the one that was checked, bounded in time and size.

import { lookup, Resolver } from 'node:dns/promises'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import type { DeliveryOutcome } from '#core/webhooks/settle-delivery.ts'
import type { Egress } from '#src/context.ts'
import type { Message } from './message.ts'

export interface PostOptions {
  egress: Egress
  /** Plain http is for test mode. */
  http: boolean
  timeout_ms?: number
  /** Gives the work up: the server is stopping. */
  stopping?: AbortSignal
  resolve?: (hostname: string) => Promise<string[]>
}

const TIMEOUT_MS = 15_000
/** As much of an answer as is kept. */
const KEPT = 1_024

/** Undefined where the server stopped before the other side said anything. Redirects are not followed. */
export async function post(message: Message, options: PostOptions): Promise<DeliveryOutcome | undefined> {
  const timeout = AbortSignal.timeout(options.timeout_ms ?? TIMEOUT_MS)
  const signal = options.stopping === undefined ? timeout : AbortSignal.any([timeout, options.stopping])
  try {
    return outcomeOf(await send(message, options, signal))
  } catch (error) {
    if (options.stopping?.aborted) return undefined
    const seconds = (options.timeout_ms ?? TIMEOUT_MS) / 1000
    const text = timeout.aborted ? `No answer within ${seconds} s` : reasonOf(error)
    return { status: 'refused', status_code: null, response: null, error: text }
  }
}

interface Answer {
  status_code: number
  response: string
}

function outcomeOf({ status_code, response }: Answer): DeliveryOutcome {
  if (status_code >= 200 && status_code < 300) return { status: 'delivered', status_code, response }
  return { status: 'refused', status_code, response, error: `Answered ${status_code}` }
}

async function send({ url, headers, body }: Message, options: PostOptions, signal: AbortSignal): Promise<Answer> {
  const to = new URL(url)
  if (to.protocol !== 'https:' && !options.http) throw new Refused('Only https is sent to')
  const addresses = await checkedAddresses(to, options, signal)
  const request = to.protocol === 'https:' ? requestHttps : requestHttp
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    const length = String(Buffer.byteLength(body))
    request(to, {
      method: 'POST',
      headers: { ...headers, 'content-length': length, connection: 'close' },
      // A connection of its own: none is kept that somebody else's check could reuse.
      agent: false,
      lookup: pinnedTo(addresses),
      maxHeaderSize: 16_384,
      signal,
    })
      .on('response', resolve)
      // Unheard, it would end the request without a word.
      .on('upgrade', (_answer, socket) => {
        socket.destroy()
        reject(new Refused('Answered 101'))
      })
      .on('error', reject)
      .end(body)
  })
  const answer = await unlessAborted(answered, signal)
  return { status_code: answer.statusCode ?? 0, response: await firstOf(answer) }
}

class Refused extends Error {}

/** All addresses a name has must be allowed: which of them is taken is not ours to say. */
async function checkedAddresses(to: URL, options: PostOptions, signal: AbortSignal): Promise<string[]> {
  const host = to.hostname.replaceAll(/^\[|\]$/g, '')
  const resolve = options.resolve ?? resolveHost
  const addresses = isIP(host) === 0 ? await unlessAborted(resolve(host), signal) : [host]
  if (addresses.length === 0) throw new Refused(`${host} could not be resolved`)
  if (!addresses.every((address) => options.egress.allows(address))) {
    throw new Refused(`${host} does not lead to a public address`)
  }
  return addresses
}

/** Names of the machine itself come from the system; all others from DNS, where a silent server holds up no thread. */
async function resolveHost(host: string): Promise<string[]> {
  if (!host.includes('.') || host.endsWith('.localhost')) {
    return (await lookup(host, { all: true })).map(({ address }) => address)
  }
  const resolver = new Resolver({ timeout: 4_000, tries: 2 })
  const found = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
  return found.flatMap((result) => (result.status === 'fulfilled' ? result.value : []))
}

async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>()
  const abort = () => aborted.reject(signal.reason)
  signal.addEventListener('abort', abort)
  try {
    signal.throwIfAborted()
    return await Promise.race([work, aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

/** Whatever the name says a moment later, the connection goes where the check was. */
function pinnedTo(addresses: readonly string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: isIP(address) }))
  return (_hostname, options, callback) => {
    const [first] = found
    if (options.all) callback(null, found)
    else callback(null, first?.address ?? '', first?.family ?? 4)
  }
}

/** The beginning of the answer as text PostgreSQL can hold; the rest is not read. */
async function firstOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    size += chunk.byteLength
    if (size >= KEPT) break
  }
  const bytes = Buffer.concat(chunks).subarray(0, KEPT)
  return new TextDecoder('utf-8').decode(bytes, { stream: true }).replaceAll('\0', '')
}

function reasonOf(error: unknown): string {
  if (error instanceof Refused) return error.message
  const { code, message } = error as { code?: string; message?: string }
  return `Could not be reached: ${code ?? message ?? 'unknown reason'}`
}
