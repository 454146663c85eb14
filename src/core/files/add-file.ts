import { recordAudit } from '#core/audit/record-audit.ts'
import { linkFile } from '#core/files/attach-files.ts'
import { readContentType, readFilename } from '#core/files/filename.ts'
import { UPLOAD_LASTS, UPLOAD_LEEWAY } from '#core/files/limits.ts'
import { insertFile, updateFile } from '#core/files/store.ts'
import { type FileContent, writeObject } from '#core/files/write-object.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

export interface SentFile {
  filename: string
  content_type: string | null
  content: FileContent
}

/** Attached to the entitlement when all of it is there. Throws INVALID_REQUEST_BODY for its name or its emptiness, PAYLOAD_TOO_LARGE. */
export async function addFile(
  ctx: BusinessCtx,
  entitlement_id: string,
  { filename, content_type, content }: SentFile,
): Promise<string> {
  const now = ctx.wall.now()
  // Nothing is done yet that a repeated request would have to know of.
  const { file_id } = await inTransaction({ ...ctx, claim: undefined }, (inner) =>
    insertFile(inner, {
      product_id: null,
      filename: readFilename(filename),
      content_type: readContentType(content_type),
      state: 'uploading',
      remove_at: now.add(UPLOAD_LASTS).add(UPLOAD_LEEWAY),
    }),
  )
  await writeObject(ctx, file_id, content, {
    stored: async (inner, _, written) => {
      await updateFile(inner, file_id, { ...written, state: 'stored', remove_at: null })
      await linkFile(inner, entitlement_id, file_id)
      await recordAudit(inner, {
        action: 'entitlement.file_added',
        resource_id: entitlement_id,
        customer_id: null,
        details: { file_id },
      })
    },
    failed: { state: 'removed', remove_at: now },
  })
  return file_id
}
