import { deleteFile, lockFiles, objectKey, updateFile } from '#core/files/store.ts'
import { type BusinessCtx, holdClaim, inTransaction } from '#src/context.ts'

/** What is due to go: no upload may end any more, then the object goes, then the row. Does nothing to what was attached meanwhile. */
export async function removeFile(ctx: BusinessCtx, file_id: string): Promise<void> {
  if (!(await close(ctx, file_id))) return
  await ctx.storage.remove(objectKey(ctx, file_id))
  await inTransaction(ctx, async (inner) => {
    const [file] = await lockFiles(inner, [file_id])
    if (file === undefined) return
    // The row that says whose work this is goes with it.
    holdClaim(inner, 'files', file)
    await deleteFile(inner, file_id)
  })
}

async function close(outer: BusinessCtx, file_id: string): Promise<boolean> {
  return inTransaction(outer, async (ctx) => {
    const [file] = await lockFiles(ctx, [file_id])
    const { remove_at } = file ?? {}
    if (!remove_at || Temporal.Instant.compare(remove_at, ctx.wall.now()) > 0) return false
    await updateFile(ctx, file_id, { state: 'removed' })
    return true
  })
}
