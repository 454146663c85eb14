import { Readable } from 'node:stream'

/** A body that is made while it is sent; where the making fails, the answer breaks off. */
export function streamOf(parts: AsyncIterable<string | Uint8Array>): ReadableStream<Uint8Array> {
  return Readable.toWeb(Readable.from(bytesOf(parts))) as ReadableStream<Uint8Array>
}

async function* bytesOf(parts: AsyncIterable<string | Uint8Array>) {
  const encoder = new TextEncoder()
  for await (const part of parts) yield typeof part === 'string' ? encoder.encode(part) : part
}
