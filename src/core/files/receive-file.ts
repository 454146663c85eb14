import { readContentType } from '#core/files/filename.ts'
import { UNATTACHED_STAYS, UPLOAD_LASTS, UPLOAD_LEEWAY } from '#core/files/limits.ts'
import { lockFiles, type StoredFile, updateFile } from '#core/files/store.ts'
import { type FileContent, writeObject } from '#core/files/write-object.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError, notFound } from '#src/errors.ts'

interface Sent {
  content_type: string | null
  content: FileContent
}

/**
 * The bytes of an awaited file, once: one that is broken off may be sent anew while its address is good. Throws CONFLICT for a second time,
 * and what `writeObject` throws.
 */
export async function receiveFile(ctx: BusinessCtx, file_id: string, { content_type, content }: Sent): Promise<void> {
  const { remove_at } = await begin(ctx, file_id, readContentType(content_type))
  await writeObject(ctx, file_id, content, {
    stored: (inner, _, written) =>
      updateFile(inner, file_id, {
        ...written,
        state: 'stored',
        remove_at: inner.wall.now().add(UNATTACHED_STAYS),
      }),
    failed: { state: 'awaited', remove_at },
  })
}

async function begin(outer: BusinessCtx, file_id: string, content_type: string | null) {
  return inTransaction(outer, async (ctx) => {
    const [file] = await lockFiles(ctx, [file_id])
    if (file === undefined || file.state === 'removed') throw notFound('file')
    const remove_at = ctx.wall.now().add(UPLOAD_LASTS).add(UPLOAD_LEEWAY)
    await updateFile(ctx, file_id, { state: 'uploading', content_type, remove_at })
    return { remove_at: assertAwaited(file) }
  })
}

function assertAwaited({ state, remove_at }: StoredFile): Temporal.Instant {
  if (state === 'awaited' && remove_at !== null) return remove_at
  const message =
    state === 'stored' ? 'This file is there already; ask for another address' : 'This file is being uploaded just now'
  throw new AppError('CONFLICT', { message })
}
