// The bytes of a file as an answer: offered to be saved, never drawn as a page of ours; in parts, for whoever goes on where it broke off.
import { Readable } from 'node:stream'
import { readRange } from '#door/byte-range.ts'
import { contentDisposition } from '#door/content-disposition.ts'
import type { AppContext } from '#src/app-env.ts'

interface SentFile {
  filename: string
  content_type: string | null
  /** Bytes. */
  size: number
  sha256: string
}

/** Types that are only looked at or listened to; all others are just bytes. */
const SAFE_TYPES = new Set([
  'application/epub+zip',
  'application/pdf',
  'application/zip',
  'audio/flac',
  'audio/mpeg',
  'audio/ogg',
  'audio/wav',
  'image/gif',
  'image/jpeg',
  'image/png',
  'image/webp',
  'text/csv',
  'text/plain',
  'video/mp4',
  'video/webm',
])

/** `open` is asked once the answer is known to have bytes: a HEAD opens nothing. */
export async function sendFile(
  c: AppContext,
  { filename, content_type, size, sha256 }: SentFile,
  open: (range: { start: number; end: number } | undefined) => Promise<Readable>,
): Promise<Response> {
  const etag = `"${sha256}"`
  const range = readRange(c.req.header('range'), c.req.header('if-range'), { size, etag })
  const headers: Record<string, string> = {
    'content-disposition': contentDisposition(filename),
    'content-type': SAFE_TYPES.has(content_type ?? '') ? (content_type ?? '') : 'application/octet-stream',
    'accept-ranges': 'bytes',
    etag,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
  }
  if (range === 'unsatisfiable') return c.body(null, 416, { ...headers, 'content-range': `bytes */${size}` })
  const part = range ?? { start: 0, end: size - 1 }
  headers['content-length'] = String(part.end - part.start + 1)
  if (range !== undefined) headers['content-range'] = `bytes ${range.start}-${range.end}/${size}`
  const status = range === undefined ? 200 : 206
  if (c.req.method === 'HEAD') return c.body(null, status, headers)
  // Cancelled before its first byte, it is let go of as well.
  return c.body(Readable.toWeb(await open(range)) as ReadableStream<Uint8Array>, status, headers)
}
