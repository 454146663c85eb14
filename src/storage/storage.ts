// The port to wherever files lie. Keys are made of our own ids, never of anybody's file name; who may read what is not known here.
import type { Readable } from 'node:stream'

export interface Storage {
  /**
   * Writes all of it under the key, replacing what was there: whole or not at all. Throws PAYLOAD_TOO_LARGE above `most` bytes, what
   * the content itself throws, and SERVICE_UNAVAILABLE where the store does not answer.
   */
  put(key: string, content: AsyncIterable<Uint8Array>, most: number): Promise<Written>
  /** Undefined where nothing lies there. The stream is to be read to its end or destroyed. */
  open(key: string, range?: ByteRange): Promise<Readable | undefined>
  /** What is not there is gone already; what a broken `put` left behind goes as well. */
  remove(key: string): Promise<void>
}

export interface Written {
  /** Bytes. */
  size: number
  /** In hex. */
  sha256: string
}

/** From and to, both included, and inside the object. */
export interface ByteRange {
  start: number
  end: number
}

const KEY = /^[\w-]{1,64}(?:\/[\w-]{1,64}){1,3}$/

/** A key can only be what we make: never a way out of the store. */
export function assertKey(key: string): string {
  if (KEY.test(key)) return key
  throw new Error('a key of the file store is made of ids')
}
