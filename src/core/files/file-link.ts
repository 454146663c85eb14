// Addresses of files that work by themselves, for a while: to upload one to, and to download one from.
import { timingSafeEqual } from 'node:crypto'
import { DOWNLOAD_LASTS } from '#core/files/limits.ts'
import type { BusinessCtx } from '#src/context.ts'

interface Asked {
  until: string
  signature: string
}

export function uploadLink(ctx: BusinessCtx, file_id: string, until: Temporal.Instant): string {
  return link(ctx, 'file_upload', file_id, '', secondsOf(until))
}

export function isUploadLink(ctx: BusinessCtx, file_id: string, asked: Asked): boolean {
  return isLink(ctx, 'file_upload', file_id, '', asked)
}

/** `of` is what delivers the file: a grant, or the entitlement itself; without it the address opens nothing. */
export function downloadLink(
  ctx: BusinessCtx,
  file_id: string,
  of: string,
): { download_url: string; expires_in: number } {
  const until = secondsOf(ctx.wall.now().add(DOWNLOAD_LASTS))
  return { download_url: link(ctx, 'file_download', file_id, of, until), expires_in: DOWNLOAD_LASTS.total('seconds') }
}

export function isDownloadLink(ctx: BusinessCtx, file_id: string, of: string, asked: Asked): boolean {
  return isLink(ctx, 'file_download', file_id, of, asked)
}

type Purpose = 'file_upload' | 'file_download'

function link(ctx: BusinessCtx, purpose: Purpose, file_id: string, of: string, until: number): string {
  const signature = signatureOf(ctx, purpose, file_id, of, until).toString('base64url')
  return ctx.urls.file(ctx.business.business_id, file_id, { ...(of === '' ? {} : { of }), until, signature })
}

function isLink(ctx: BusinessCtx, purpose: Purpose, file_id: string, of: string, asked: Asked): boolean {
  if (!/^\d{1,12}$/.test(asked.until)) return false
  const until = Number(asked.until)
  const given = Buffer.from(asked.signature, 'base64url')
  const right = signatureOf(ctx, purpose, file_id, of, until)
  const isOurs = given.length === right.length && timingSafeEqual(given, right)
  return isOurs && ctx.wall.now().epochMilliseconds < until * 1000
}

const signatureOf = (ctx: BusinessCtx, purpose: Purpose, file_id: string, of: string, until: number) =>
  ctx.secrets.derive(purpose, ctx.business.business_id, file_id, of, String(until))

const secondsOf = (instant: Temporal.Instant) => Math.floor(instant.epochMilliseconds / 1000)
