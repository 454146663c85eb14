// Writes and locks of files, and where their bytes lie.
import { randomUUID } from 'node:crypto'
import type { Selectable, Updateable } from 'kysely'
import { from, owned, update } from '#core/scope.ts'
import type { DB } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'

export type StoredFile = Selectable<DB['files']>

/** One prefix a mode, so that test and live may share a store. */
export function objectKey({ mode, business }: BusinessCtx, file_id: string): string {
  return `${mode}/${business.business_id}/${file_id}`
}

export interface NewFile {
  product_id: string | null
  filename: string
  content_type: string | null
  state: 'awaited' | 'uploading'
  remove_at: Temporal.Instant
}

export async function insertFile(ctx: BusinessCtx, file: NewFile): Promise<StoredFile> {
  return ctx.db
    .insertInto('files')
    .values({ ...owned(ctx), file_id: randomUUID(), ...file, created_at: ctx.wall.now() })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/** In their order, as everybody locks them. */
export async function lockFiles(ctx: BusinessCtx, file_ids: readonly string[]): Promise<StoredFile[]> {
  if (file_ids.length === 0) return []
  return from(ctx, 'files')
    .selectAll()
    .where('file_id', 'in', [...file_ids])
    .orderBy('file_id')
    .forUpdate()
    .execute()
}

export async function updateFile(ctx: BusinessCtx, file_id: string, change: Updateable<DB['files']>): Promise<void> {
  await update(ctx, 'files').set(change).where('file_id', '=', file_id).execute()
}

export async function deleteFile(ctx: BusinessCtx, file_id: string): Promise<void> {
  await ctx.db
    .deleteFrom('files')
    .where('business_id', '=', ctx.business.business_id)
    .where('file_id', '=', file_id)
    .execute()
}
