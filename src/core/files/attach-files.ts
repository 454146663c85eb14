// Which files an entitlement delivers. What is taken off its last entitlement goes.
import { recordAudit } from '#core/audit/record-audit.ts'
import { lockFiles, type StoredFile, updateFile } from '#core/files/store.ts'
import { from, owned } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError, notFound } from '#src/errors.ts'

/** What is left out stays as it is. A file named in both lists stands in the first. */
export interface FileLists {
  digital_file_ids?: readonly string[] | undefined
  legacy_file_ids?: readonly string[] | undefined
}

interface Link {
  file_id: string
  is_legacy: boolean
}

/** In a transaction. Throws NOT_FOUND for what is no file of the business, CONFLICT for one that was not uploaded yet. */
export async function attachFiles(ctx: BusinessCtx, entitlement_id: string, lists: FileLists): Promise<void> {
  if (lists.digital_file_ids === undefined && lists.legacy_file_ids === undefined) return
  await lockEntitlement(ctx, entitlement_id)
  const before = await readLinks(ctx, entitlement_id)
  const wanted = wantedLinks(before, lists)
  const files = await lockFiles(ctx, [...new Set([...before, ...wanted].map(({ file_id }) => file_id))])
  for (const { file_id } of wanted) assertThere(files.find((file) => file.file_id === file_id))
  await unlink(ctx, entitlement_id, before)
  for (const [place, { file_id, is_legacy }] of wanted.entries()) {
    await ctx.db
      .insertInto('entitlement_files')
      .values({ ...owned(ctx), entitlement_id, file_id, is_legacy, place })
      .execute()
    await updateFile(ctx, file_id, { remove_at: null })
  }
  await dropUnused(ctx, before)
}

function wantedLinks(before: readonly Link[], { digital_file_ids, legacy_file_ids }: FileLists): Link[] {
  const kept = (is_legacy: boolean) => before.filter((link) => link.is_legacy === is_legacy).map((link) => link.file_id)
  const digital = new Set(digital_file_ids ?? kept(false))
  const legacy = new Set(legacy_file_ids ?? kept(true)).difference(digital)
  return [
    ...[...digital].map((file_id) => ({ file_id, is_legacy: false })),
    ...[...legacy].map((file_id) => ({ file_id, is_legacy: true })),
  ]
}

function assertThere(file: StoredFile | undefined): void {
  if (file === undefined || file.state === 'removed') throw notFound('file')
  if (file.state !== 'stored') {
    throw new AppError('CONFLICT', { message: `The file ${file.file_id} was not uploaded yet` })
  }
}

/** The last one, of a file whose row is held. */
export async function linkFile(ctx: BusinessCtx, entitlement_id: string, file_id: string): Promise<void> {
  const last = await from(ctx, 'entitlement_files')
    .select((eb) => eb.fn.max('place').as('place'))
    .where('entitlement_id', '=', entitlement_id)
    .executeTakeFirst()
  const place = (last?.place ?? -1) + 1
  await ctx.db
    .insertInto('entitlement_files')
    .values({ ...owned(ctx), entitlement_id, file_id, is_legacy: false, place })
    .execute()
}

/** Throws NOT_FOUND where the entitlement does not deliver it. */
export async function detachFile(outer: BusinessCtx, entitlement_id: string, file_id: string): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    await lockEntitlement(ctx, entitlement_id)
    await lockFiles(ctx, [file_id])
    const link = (await readLinks(ctx, entitlement_id)).find((each) => each.file_id === file_id)
    if (link === undefined) throw notFound('file')
    await unlink(ctx, entitlement_id, [link])
    await dropUnused(ctx, [link])
    const details = { file_id }
    await recordAudit(ctx, {
      ...{ action: 'entitlement.file_removed', resource_id: entitlement_id, customer_id: null, details },
    })
  })
}

/** Whoever changes what it delivers comes one after the other; the rows of files are locked after it. */
async function lockEntitlement(ctx: BusinessCtx, entitlement_id: string): Promise<void> {
  await from(ctx, 'entitlements')
    .select('entitlement_id')
    .where('entitlement_id', '=', entitlement_id)
    .forUpdate()
    .execute()
}

async function readLinks(ctx: BusinessCtx, entitlement_id: string): Promise<Link[]> {
  return from(ctx, 'entitlement_files')
    .select(['file_id', 'is_legacy'])
    .where('entitlement_id', '=', entitlement_id)
    .orderBy('place')
    .orderBy('file_id')
    .execute()
}

async function unlink(ctx: BusinessCtx, entitlement_id: string, links: readonly Link[]): Promise<void> {
  if (links.length === 0) return
  await ctx.db
    .deleteFrom('entitlement_files')
    .where('business_id', '=', ctx.business.business_id)
    .where('entitlement_id', '=', entitlement_id)
    .where('file_id', 'in', idsOf(links))
    .execute()
}

async function dropUnused(ctx: BusinessCtx, links: readonly Link[]): Promise<void> {
  if (links.length === 0) return
  const used = await from(ctx, 'entitlement_files').select('file_id').where('file_id', 'in', idsOf(links)).execute()
  const unused = new Set(idsOf(links)).difference(new Set(used.map(({ file_id }) => file_id)))
  for (const file_id of unused) await updateFile(ctx, file_id, { state: 'removed', remove_at: ctx.wall.now() })
}

const idsOf = (links: readonly Link[]) => links.map(({ file_id }) => file_id)
