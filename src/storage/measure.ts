import { createHash } from 'node:crypto'
import { AppError } from '#src/errors.ts'
import type { Written } from './storage.ts'

/** Passes content on as it comes, and knows at the end how much it was. Throws PAYLOAD_TOO_LARGE with the first byte too many. */
export function measured(content: AsyncIterable<Uint8Array>, most: number) {
  const hash = createHash('sha256')
  let size = 0
  async function* pass() {
    for await (const chunk of content) {
      size += chunk.byteLength
      if (size > most) throw tooLarge(most)
      hash.update(chunk)
      yield chunk
    }
  }
  return { content: pass(), written: (): Written => ({ size, sha256: hash.digest('hex') }) }
}

export function tooLarge(most: number): AppError {
  return new AppError('PAYLOAD_TOO_LARGE', { message: `The file must be at most ${Math.floor(most / 1024 ** 2)} MiB` })
}
