// The body of a request: bounded while it is read, parsed once, and checked for what no field may hold.
import { AppError } from '#src/errors.ts'

export interface BodyLimits {
  bytes: number
  /** All objects together. */
  keys: number
}

const USUAL: BodyLimits = { bytes: 256 * 1024, keys: 1_000 }
const MAX_DEPTH = 32

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json(?:\s*;|$)/i

/** Refuses by the declared length, before anything is read. */
export function assertLength(headers: Headers, { bytes }: BodyLimits = USUAL): void {
  const declared = headers.get('content-length')
  if (declared !== null && !(Number(declared) <= bytes)) throw tooLarge(bytes)
}

/** Throws 413, 415, 400 for what is not JSON, 422 for JSON nobody may send. */
export async function readJson(request: Request, limits: BodyLimits = USUAL): Promise<unknown> {
  const type = request.headers.get('content-type') ?? ''
  const encoding = request.headers.get('content-encoding') ?? 'identity'
  if (!JSON_TYPE.test(type.trim()) || encoding !== 'identity') {
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', {
      message: 'The body must be JSON, not compressed; send Content-Type: application/json',
    })
  }
  const text = decode(await readBytes(request, limits.bytes))
  const value = parse(text)
  // What UTF-8 and JSON let through unescaped is text that anybody can hold: only an escape could say something else.
  assertPlain(value, limits.keys, text.includes('\\u'))
  return value
}

/** No more comes than was declared, which was found short enough: that is read at once, anything else with an eye on its length. */
async function readBytes(request: Request, most: number): Promise<Uint8Array> {
  if (request.headers.has('content-length')) return new Uint8Array(await request.arrayBuffer())
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > most) throw tooLarge(most)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function decode(bytes: Uint8Array): string {
  if (bytes.byteLength === 0)
    throw new AppError('MALFORMED_REQUEST', { message: 'The body is empty; send a JSON object' })
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw notJson(cause)
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw notJson(cause)
  }
}

function notJson(cause: unknown): AppError {
  return new AppError('MALFORMED_REQUEST', { message: 'The body is not JSON in UTF-8', cause })
}

/** Depth, number of keys, and, where the text has escapes, what PostgreSQL and other readers cannot hold. Takes `__proto__` out. */
function assertPlain(root: unknown, most: number, hasEscapes: boolean): void {
  let keys = 0
  const visit = (value: unknown, depth: number): void => {
    if (hasEscapes && typeof value === 'string') assertText(value)
    if (typeof value !== 'object' || value === null) return
    if (depth > MAX_DEPTH) throw refused(`The body is nested more than ${MAX_DEPTH} levels deep`)
    if (Array.isArray(value)) {
      for (const item of value) visit(item, depth + 1)
      return
    }
    for (const key of Object.keys(value)) {
      keys += 1
      if (keys > most) throw refused(`The body holds more than ${most} keys`)
      if (hasEscapes) assertText(key)
      visit((value as Record<string, unknown>)[key], depth + 1)
    }
    if (Object.hasOwn(value, '__proto__')) Reflect.deleteProperty(value, '__proto__')
  }
  visit(root, 1)
}

export function assertText(
  text: string,
  code: 'INVALID_REQUEST_BODY' | 'INVALID_QUERY_PARAMS' = 'INVALID_REQUEST_BODY',
) {
  if (text.includes('\0')) throw refused('Text must not hold the character NUL', code)
  if (!text.isWellFormed()) throw refused('Text must not hold half of a surrogate pair', code)
}

function refused(message: string, code: 'INVALID_REQUEST_BODY' | 'INVALID_QUERY_PARAMS' = 'INVALID_REQUEST_BODY') {
  return new AppError(code, { message })
}

function tooLarge(most: number): AppError {
  return new AppError('PAYLOAD_TOO_LARGE', { message: `The body must be at most ${sizeOf(most)}` })
}

const sizeOf = (bytes: number) => (bytes < 1024 ** 2 ? `${bytes / 1024} kB` : `${Math.floor(bytes / 1024 ** 2)} MiB`)
