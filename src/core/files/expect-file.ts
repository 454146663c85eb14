import { getProduct } from '#core/catalog/queries.ts'
import { uploadLink } from '#core/files/file-link.ts'
import { readFilename } from '#core/files/filename.ts'
import { UPLOAD_BEGINS_WITHIN, UPLOAD_LEEWAY } from '#core/files/limits.ts'
import { insertFile } from '#core/files/store.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

/** A file of a product is to come: an address that takes its bytes once. Throws INVALID_REQUEST_BODY for what no file is called. */
export async function expectFile(
  outer: BusinessCtx,
  product_id: string,
  file_name: string,
): Promise<{ url: string; file_id: string }> {
  const filename = readFilename(file_name, 'file_name')
  return inTransaction(outer, async (ctx) => {
    await getProduct(ctx, product_id)
    const until = ctx.wall.now().add(UPLOAD_BEGINS_WITHIN)
    const remove_at = until.add(UPLOAD_LEEWAY)
    const { file_id } = await insertFile(ctx, { product_id, filename, content_type: null, state: 'awaited', remove_at })
    return { url: uploadLink(ctx, file_id, until), file_id }
  })
}
