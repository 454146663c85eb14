// The bytes of a row that is `uploading`: into the store first, then the row says so. Whatever fails leaves a row that takes the rest away.
import { MOST_BYTES, UPLOAD_LASTS } from '#core/files/limits.ts'
import { noRoom, readRoom, takeRoom } from '#core/files/room.ts'
import { lockFiles, objectKey, type StoredFile, updateFile } from '#core/files/store.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError, notFound } from '#src/errors.ts'
import type { Written } from '#storage/storage.ts'

export type FileContent = AsyncIterable<Uint8Array>

interface Outcome {
  /** What the row becomes, in a transaction that holds it. */
  stored(ctx: BusinessCtx, file: StoredFile, written: Written): Promise<void>
  /** In which state it is left, where bytes did not come whole. */
  failed: { state: 'awaited' | 'removed'; remove_at: Temporal.Instant }
}

/** Throws PAYLOAD_TOO_LARGE (of itself, or with what is there), INVALID_REQUEST_BODY for an empty file, NOT_FOUND where the row went meanwhile. */
export async function writeObject(
  ctx: BusinessCtx,
  file_id: string,
  content: FileContent,
  { stored, failed }: Outcome,
): Promise<void> {
  const key = objectKey(ctx, file_id)
  try {
    const written = await put(ctx, key, content)
    if (written.size === 0) throw new AppError('INVALID_REQUEST_BODY', { message: 'The file is empty' })
    await inTransaction(ctx, async (inner) => {
      const [file] = await lockFiles(inner, [file_id])
      if (file?.state !== 'uploading') throw notFound('file')
      await takeRoom(inner, written.size)
      await stored(inner, file, written)
    })
  } catch (error) {
    await leave(ctx, file_id, failed)
    throw error
  }
}

/** No more than there is room for now; that there still is when all of it is there is found out then. */
async function put(ctx: BusinessCtx, key: string, content: FileContent): Promise<Written> {
  const room = await readRoom(ctx)
  try {
    return await ctx.storage.put(key, inTime(ctx, content), Math.min(MOST_BYTES, room))
  } catch (error) {
    throw room < MOST_BYTES && error instanceof AppError && error.code === 'PAYLOAD_TOO_LARGE' ? noRoom(ctx) : error
  }
}

/** Longer than its row is sure to be there nothing is written. */
async function* inTime({ wall }: BusinessCtx, content: FileContent) {
  const end = wall.now().add(UPLOAD_LASTS)
  for await (const chunk of content) {
    if (Temporal.Instant.compare(wall.now(), end) > 0) {
      throw new AppError('MALFORMED_REQUEST', { message: 'The upload took too long', status: 408 })
    }
    yield chunk
  }
}

/** What was refused changed nothing that whoever asks again would have to know of. */
async function leave(ctx: BusinessCtx, file_id: string, change: Outcome['failed']): Promise<void> {
  try {
    await inTransaction({ ...ctx, claim: undefined }, async (inner) => {
      const [file] = await lockFiles(inner, [file_id])
      if (file?.state === 'uploading') await updateFile(inner, file_id, change)
    })
  } catch (error) {
    // Its own time takes it away.
    ctx.log.warn({ err: error, file_id }, 'a broken upload could not be noted')
  }
}
