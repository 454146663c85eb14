import { createHash } from 'node:crypto'
import { from, owned } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'
import { readImage } from './read-image.ts'

const MOST_BYTES = 200 * 1024
const LEAST_PIXELS = 16
const MOST_PIXELS = 2_000
/** Mails that were sent show the logo they were sent with, for a while. */
const KEPT = 20

/** Keeps a picture and answers the name it is served under. Throws INVALID_IMAGE. */
export async function saveImage(ctx: BusinessCtx, bytes: Uint8Array, field: string): Promise<string> {
  const file = nameOf(bytes, field)
  await ctx.db
    .insertInto('business_images')
    .values({ ...owned(ctx), file, content: Buffer.from(bytes), created_at: ctx.wall.now() })
    .onConflict((conflict) => conflict.columns(['business_id', 'file']).doNothing())
    .execute()
  return file
}

function nameOf(bytes: Uint8Array, field: string): string {
  const refuse = (message: string) => new AppError('INVALID_IMAGE', { message: `${field} ${message}`, field })
  if (bytes.byteLength > MOST_BYTES) throw refuse(`must be at most ${MOST_BYTES / 1024} kB`)
  const facts = readImage(bytes)
  if (facts === undefined) throw refuse('must be a PNG, a JPEG or a WebP that does not move')
  const { width, height, type } = facts
  const isFit = (pixels: number) => pixels >= LEAST_PIXELS && pixels <= MOST_PIXELS
  if (!isFit(width) || !isFit(height)) {
    throw refuse(`must be ${LEAST_PIXELS} to ${MOST_PIXELS} pixels wide and high; it is ${width} × ${height}`)
  }
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 32)
  return `${hash}-${width}x${height}.${type}`
}

/** Takes away the oldest that nothing shows any more. */
export async function dropOldImages(ctx: BusinessCtx, shown: readonly (string | null)[]): Promise<void> {
  const older = await from(ctx, 'business_images')
    .select('file')
    .orderBy('created_at', 'desc')
    .orderBy('file', 'desc')
    .offset(KEPT)
    .execute()
  const unused = older.map(({ file }) => file).filter((file) => !shown.includes(file))
  if (unused.length === 0) return
  await ctx.db
    .deleteFrom('business_images')
    .where('business_id', '=', ctx.business.business_id)
    .where('file', 'in', unused)
    .execute()
}
