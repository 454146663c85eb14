import type { Readable } from 'node:stream'
import { downloadLink } from '#core/files/file-link.ts'
import { objectKey, type StoredFile } from '#core/files/store.ts'
import { from, on } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'
import { notFound } from '#src/errors.ts'
import type { ByteRange } from '#storage/storage.ts'

export { MOST_BYTES } from '#core/files/limits.ts'
export type { SentFile } from './add-file.ts'

/** A file that is there. */
export interface FileFacts {
  file_id: string
  filename: string
  content_type: string | null
  size: number
  sha256: string
}

/** A file as the API tells it, with an address that opens it for a while. */
export interface ToldFile {
  file_id: string
  filename: string
  content_type: string | null
  file_size: number
  download_url: string
  expires_in: number
}

/** What entitlements deliver, by entitlement_id, each in its order. */
export async function readFilesOf(
  ctx: BusinessCtx,
  entitlement_ids: readonly string[],
): Promise<Map<string, FileFacts[]>> {
  if (entitlement_ids.length === 0) return new Map()
  const rows = await from(ctx, 'entitlement_files')
    .innerJoin('files', on('files.file_id', 'entitlement_files.file_id'))
    .select(['entitlement_id', 'files.file_id', 'filename', 'content_type', 'size', 'sha256', 'state'])
    .where('entitlement_id', 'in', [...entitlement_ids])
    .orderBy('place')
    .orderBy('files.file_id')
    .execute()
  const found = Map.groupBy(rows, ({ entitlement_id }) => entitlement_id)
  return new Map([...found].map(([entitlement_id, files]) => [entitlement_id, files.flatMap(factsOf)]))
}

type Row = Pick<StoredFile, 'file_id' | 'filename' | 'content_type' | 'size' | 'sha256' | 'state'>

function factsOf({ state, file_id, filename, content_type, size, sha256 }: Row): FileFacts[] {
  return state === 'stored' && size !== null && sha256 !== null
    ? [{ file_id, filename, content_type, size, sha256 }]
    : []
}

/** `of`: the grant or the entitlement that delivers it. */
export function tellFile(ctx: BusinessCtx, { file_id, filename, content_type, size }: FileFacts, of: string): ToldFile {
  return { file_id, filename, content_type, file_size: size, ...downloadLink(ctx, file_id, of) }
}

/** Each with the files it delivers; of what is no files, none are asked for. */
export async function withFiles<T extends { entitlement_id: string; integration_type: string }>(
  ctx: BusinessCtx,
  entitlements: readonly T[],
): Promise<(T & { files: ToldFile[] })[]> {
  const of = entitlements.filter(({ integration_type }) => integration_type === 'digital_files')
  const files = await readFilesOf(
    ctx,
    of.map(({ entitlement_id }) => entitlement_id),
  )
  return entitlements.map((entitlement) => {
    const { entitlement_id } = entitlement
    return {
      ...entitlement,
      files: (files.get(entitlement_id) ?? []).map((file) => tellFile(ctx, file, entitlement_id)),
    }
  })
}

/** One that the entitlement delivers. Throws NOT_FOUND. */
export async function getFileOf(ctx: BusinessCtx, entitlement_id: string, file_id: string): Promise<FileFacts> {
  const files = (await readFilesOf(ctx, [entitlement_id])).get(entitlement_id)
  const file = files?.find((each) => each.file_id === file_id)
  if (file === undefined) throw notFound('file')
  return file
}

/** Its bytes. Throws NOT_FOUND where the store has lost them, and says so in the log. */
export async function openFile(ctx: BusinessCtx, { file_id }: FileFacts, range?: ByteRange): Promise<Readable> {
  const content = await ctx.storage.open(objectKey(ctx, file_id), range)
  if (content !== undefined) return content
  ctx.log.error({ file_id, business_id: ctx.business.business_id }, 'the file store has lost a file')
  throw notFound('file')
}
