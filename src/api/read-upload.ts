// A file as the body of a request: read as it comes, never held. As the one file of a form, or as bytes with a name beside them.
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy'
import { MOST_BYTES, type SentFile } from '#core/files/queries.ts'
import { AppError } from '#src/errors.ts'
import { filenameOf } from './content-disposition.ts'

export interface Upload {
  /**
   * What tells one upload from another before it is read: what its headers say, and how it begins. What follows is not compared: two files
   * of one name, size and beginning under one Idempotency-Key are one request. Throws 408 where it breaks off before.
   */
  declare(): Promise<(string | null)[]>
  /** Hands the file on. Throws INVALID_REQUEST_BODY where there is none or more than one, 408 where it breaks off. */
  receive<T>(take: (file: SentFile) => Promise<T>): Promise<T>
  /** Reads to its end what was not received: a client that is still sending would not hear the answer. */
  drop(): Promise<void>
}

export function uploadOf(request: Request): Upload {
  const { headers } = request
  const type = headers.get('content-type')
  const [media = ''] = (type ?? '').split(';')
  const body = request.body === null ? undefined : openBody(request.body)
  return {
    declare: async () => [
      headers.get('content-length'),
      media.trim().toLowerCase(),
      headers.get('content-disposition'),
      body === undefined ? null : beginningOf(await body.peek(), type),
    ],
    receive: (take) => {
      assertPlain(headers)
      if (body === undefined) throw noFile()
      const source = Readable.from(body.all(), { objectMode: false })
      return /^multipart\/form-data$/i.test(media.trim())
        ? receivePart(source, type ?? '', take)
        : receiveBytes(source, headers, take)
    },
    drop: async () => {
      await body?.drain()
    },
  }
}

/** So much of a body tells it from others: the name of a file in a form, and how the file begins. */
const BEGINNING = 16 * 1024

/** A body of which the beginning is looked at before it is read from there. */
function openBody(stream: ReadableStream<Uint8Array>) {
  const pieces = untilBroken(stream)
  const seen: Uint8Array[] = []
  const sizeOfSeen = () => seen.reduce((size, piece) => size + piece.byteLength, 0)
  return {
    async peek(): Promise<Buffer> {
      while (sizeOfSeen() < BEGINNING) {
        const { done, value } = await pieces.next()
        if (done === true) break
        seen.push(value)
      }
      return Buffer.concat(seen).subarray(0, BEGINNING)
    },
    async drain() {
      let size = 0
      try {
        for await (const { byteLength } of pieces) {
          size += byteLength
          if (size > MOST_BYTES) return
        }
      } catch {
        // Whoever hung up hears nothing anyway.
      }
    },
    async *all() {
      yield* seen
      // Whoever stops here leaves the rest to `drain`: given up, the line would be cut before the answer.
      for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) yield next.value
    },
  }
}

/** As a hash. What a client puts between the parts of a form is another word each time it sends it. */
function beginningOf(bytes: Buffer, type: string | null): string {
  const boundary = /boundary="?([^\s";]+)/i.exec(type ?? '')?.[1]
  const text = bytes.toString('latin1')
  return createHash('sha256')
    .update(boundary === undefined ? text : text.replaceAll(boundary, ''), 'latin1')
    .digest('base64url')
}

function assertPlain(headers: Headers): void {
  if ((headers.get('content-encoding') ?? 'identity') === 'identity') return
  throw new AppError('UNSUPPORTED_MEDIA_TYPE', { message: 'A file must not be sent compressed on its way' })
}

async function receiveBytes<T>(source: Readable, headers: Headers, take: (file: SentFile) => Promise<T>): Promise<T> {
  try {
    const filename = filenameOf(headers.get('content-disposition'))
    if (filename === undefined) throw noFile()
    return await take({ filename, content_type: headers.get('content-type'), content: source })
  } finally {
    source.destroy()
  }
}

interface Part {
  stream: BusboyFileStream
  filename: string | undefined
  content_type: string
}

async function receivePart<T>(source: Readable, type: string, take: (file: SentFile) => Promise<T>): Promise<T> {
  const form = openForm(type)
  const { first, count } = partsOf(form)
  const read: Promise<void> = pipeline(source, form).catch((error: unknown) => {
    throw error instanceof AppError ? error : noForm(error)
  })
  try {
    const part = await Promise.race([first, read.then(() => first)])
    if (part === undefined) throw noFile()
    read.catch((error: Error) => part.stream.destroy(error))
    const { stream, filename = '', content_type } = part
    return await take({ filename, content_type, content: wholeForm(stream, read, count) })
  } finally {
    source.destroy()
    form.destroy()
  }
}

function openForm(type: string): BusboyInstance {
  try {
    return new Busboy({
      headers: { 'content-type': type },
      limits: { files: 2, fields: 20, fieldSize: 1024, fieldNameSize: 100, parts: 22, headerPairs: 20 },
    })
  } catch (error) {
    throw noForm(error)
  }
}

/** The parser tells a broken form to everybody it knows, at any time: whoever reads hears of it by the pipeline. */
const heard = () => undefined

function partsOf(form: BusboyInstance) {
  let parts = 0
  form.on('error', heard)
  const first = new Promise<Part | undefined>((resolve) => {
    form.on('file', (_, stream, filename, __, content_type) => {
      stream.on('error', heard)
      parts += 1
      if (parts === 1) resolve({ stream, filename, content_type })
      else stream.resume()
    })
    form.once('finish', () => resolve(undefined))
  })
  return { first, count: () => parts }
}

/** The file ends well only with its form, and only where it is the only one in it. */
async function* wholeForm(stream: Readable, read: Promise<void>, count: () => number) {
  try {
    for await (const chunk of stream) yield chunk as Uint8Array
  } catch (error) {
    throw error instanceof AppError ? error : noForm(error)
  }
  await read
  if (count() > 1) throw new AppError('INVALID_REQUEST_BODY', { message: 'Send exactly one file' })
}

/** Nothing was done, and it may be sent again. */
async function* untilBroken(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
  try {
    yield* body
  } catch (cause) {
    throw new AppError('MALFORMED_REQUEST', { message: 'The upload broke off; send it again', status: 408, cause })
  }
}

function noForm(cause: unknown): AppError {
  return new AppError('MALFORMED_REQUEST', { message: 'The body is no whole multipart/form-data', cause })
}

function noFile(): AppError {
  return new AppError('INVALID_REQUEST_BODY', {
    message:
      'There is no file in it; send one in a form, or its bytes with Content-Disposition: attachment; filename="…"',
  })
}
