// Addresses of files that work by themselves, for a while: to upload one to, and to download one from.
import { DOWNLOAD_LASTS } from '#core/files/limits.ts'
import { assertSigned, type Signed } from '#core/signed-address.ts'
import type { BusinessCtx } from '#src/context.ts'

export function uploadLink(ctx: BusinessCtx, file_id: string, until: Temporal.Instant): string {
  return link(ctx, 'file_upload', file_id, '', secondsOf(until))
}

/** Throws FORBIDDEN. */
export function assertUploadLink(ctx: BusinessCtx, file_id: string, asked: Signed): void {
  assertSigned(ctx, asked, (until) => signatureOf(ctx, 'file_upload', file_id, '', until))
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

/** Throws FORBIDDEN. */
export function assertDownloadLink(ctx: BusinessCtx, file_id: string, of: string, asked: Signed): void {
  assertSigned(ctx, asked, (until) => signatureOf(ctx, 'file_download', file_id, of, until))
}

type Purpose = 'file_upload' | 'file_download'

function link(ctx: BusinessCtx, purpose: Purpose, file_id: string, of: string, until: number): string {
  const signature = signatureOf(ctx, purpose, file_id, of, until).toString('base64url')
  return ctx.urls.file(ctx.business.business_id, file_id, { ...(of === '' ? {} : { of }), until, signature })
}

const signatureOf = (ctx: BusinessCtx, purpose: Purpose, file_id: string, of: string, until: number) =>
  ctx.secrets.derive(purpose, ctx.business.business_id, file_id, of, String(until))

const secondsOf = (instant: Temporal.Instant) => Math.floor(instant.epochMilliseconds / 1000)
