// Door 6: the bytes of files, for whoever holds a signed address: a merchant's program that uploads one, and downloads one. Customers
// download theirs in the portal, by their session. What an address opens and how long, core/files knows.
import type { Context, Hono } from 'hono'
import { getGrant } from '#core/entitlements/queries.ts'
import { assertDownloadLink, assertUploadLink } from '#core/files/file-link.ts'
import { getFileOf, MOST_BYTES, openFile } from '#core/files/queries.ts'
import { receiveFile } from '#core/files/receive-file.ts'
import { bytesDoor, hearOut, ownerOf } from '#door/bytes-door.ts'
import { sendFile } from '#door/send-file.ts'
import type { AppEnv } from '#src/app-env.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError, notFound } from '#src/errors.ts'

const FILE = '/:business_id{bus_[0-9A-Za-z]{21}}/:file_id{[0-9a-f-]{36}}'

export function createFiles(): Hono<AppEnv> {
  const door = bytesDoor('a file could not be handed over')
  door.get(FILE, download)
  door.put(FILE, upload)
  door.all('*', () => {
    throw notFound('file')
  })
  return door
}

type FileContext = Context<AppEnv, typeof FILE>

/** Whoever holds the address of a grant's file has it while the grant is delivered; that of an entitlement's, while it is attached. */
async function download(c: FileContext) {
  const { ctx, file_id, asked } = await readAddress(c)
  const of = c.req.query('of') ?? ''
  assertDownloadLink(ctx, file_id, of, asked)
  const file = await getFileOf(ctx, await entitlementOf(ctx, of), file_id)
  return sendFile(c, file, (range) => openFile(ctx, file, range))
}

async function entitlementOf(ctx: BusinessCtx, of: string): Promise<string> {
  if (!of.startsWith('entg_')) return of
  const { status, entitlement_id } = await getGrant(ctx, of)
  if (status !== 'Delivered') throw notFound('file')
  return entitlement_id
}

async function upload(c: FileContext) {
  const { ctx, file_id, asked } = await readAddress(c)
  assertUploadLink(ctx, file_id, asked)
  if ((c.req.header('content-encoding') ?? 'identity') !== 'identity')
    throw new AppError('UNSUPPORTED_MEDIA_TYPE', compressed)
  if (Number(c.req.header('content-length') ?? 0) > MOST_BYTES) throw new AppError('PAYLOAD_TOO_LARGE', tooLarge)
  const content_type = c.req.header('content-type') ?? null
  await hearOut(c.req.raw.body, MOST_BYTES, (content) => receiveFile(ctx, file_id, { content_type, content }))
  return c.body(null, 200)
}

const compressed = { message: 'A file must not be sent compressed on its way' }
const tooLarge = { message: `The file must be at most ${MOST_BYTES / 1024 ** 2} MiB` }

async function readAddress(c: FileContext) {
  const { business_id, file_id } = c.req.param()
  const { until = '', signature = '' } = c.req.query()
  return { ctx: await ownerOf(c, business_id), file_id, asked: { until, signature } }
}
