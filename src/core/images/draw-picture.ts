// Every picture somebody hands us is drawn anew, one at a time and in a process of its own (redraw.ts says what comes of it).
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import pLimit from 'p-limit'
import { AppError } from '#src/errors.ts'
import type { DrawnLine } from './draw-process.ts'
import { readKind } from './read-kind.ts'
import { MOST_BYTES, type PictureUse } from './redraw.ts'

/** As it is kept. Only drawPicture makes one. */
export interface Picture {
  /** Tells its content and its size: `<hash>-<width>x<height>.webp` */
  file: string
  content: Buffer
  /** A small square one, of pictures for pages. */
  thumbnail: Buffer | null
}

const MOST_SECONDS = 20
/** Waiting ones hold their bytes. */
const MOST_WAITING = 8

const queue = pLimit(1)

/** Throws INVALID_IMAGE, which calls the picture `field`, and SERVICE_UNAVAILABLE where too many are waiting. */
export async function drawPicture(bytes: Uint8Array, use: PictureUse, field: string): Promise<Picture> {
  const refuse = (words: string) => new AppError('INVALID_IMAGE', { message: `${field} ${words}`, field })
  if (bytes.byteLength > MOST_BYTES) throw refuse(`must be at most ${MOST_BYTES / 1024 / 1024} MB`)
  const kind = readKind(bytes)
  if (kind === undefined) throw refuse('must be a PNG, JPEG, WebP, AVIF or GIF')
  if (kind === 'moving') throw refuse('must not move; of animations only a GIF is taken, and its first frame kept')
  if (queue.pendingCount >= MOST_WAITING) {
    throw new AppError('SERVICE_UNAVAILABLE', { message: 'Many pictures are being drawn; try again in a moment' })
  }
  const drawn = await queue(() => drawApart(bytes, use))
  if ('refused' in drawn) throw refuse(drawn.refused)
  return drawn
}

/** Without our environment, which holds secrets. */
async function drawApart(bytes: Uint8Array, use: PictureUse): Promise<Picture | { refused: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'draw-process.ts'), use], {
    env: {},
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: MOST_SECONDS * 1000,
    killSignal: 'SIGKILL',
  })
  // It may end before it has read all.
  child.stdin.on('error', () => undefined)
  child.stdin.end(bytes)
  const ended = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve))
  const [code, out, complaint] = await Promise.all([ended, bytesOf(child.stdout), bytesOf(child.stderr)])
  if (code === 0) return pictureOf(out)
  // A signal: it broke, or took too long.
  if (code === null) return { refused: 'cannot be read' }
  throw new Error(`pictures cannot be drawn: ${complaint.toString().slice(0, 2_000)}`)
}

const bytesOf = async (stream: AsyncIterable<Buffer>) => Buffer.concat(await Array.fromAsync(stream))

function pictureOf(out: Buffer): Picture | { refused: string } {
  const end = out.indexOf('\n')
  const line: DrawnLine = JSON.parse(out.toString('utf8', 0, end))
  if ('refused' in line) return line
  const from = end + 1 + (line.thumbnail ?? 0)
  const content = out.subarray(from)
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 32)
  return {
    file: `${hash}-${line.width}x${line.height}.${line.type}`,
    content,
    thumbnail: line.thumbnail === null ? null : out.subarray(end + 1, from),
  }
}
