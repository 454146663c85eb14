// What is mailed is never stored: a token and a code are derived from SECRET_KEY, the row's id and its nonce, whenever they are needed.
import type { Ctx } from '#src/context.ts'

/** 256 bits, base64url. */
export function linkToken(ctx: Ctx, link: { link_id: string; nonce: string }): string {
  return ctx.secrets.derive('access_link', link.link_id, link.nonce).toString('base64url')
}

/** Wrong codes before a new mail is needed. */
export const CODE_TRIES = 5

/** Six digits. */
export function signInCode(ctx: Ctx, link: { link_id: string; nonce: string }): string {
  const digest = ctx.secrets.derive('sign_in_code', link.link_id, link.nonce)
  return String(digest.readUInt32BE(0) % 1_000_000).padStart(6, '0')
}

/** Where a link or a request may lead inside a business's portal; anything else is dropped. */
export function portalPath(business_id: string, path: string | null | undefined): string | null {
  if (path === null || path === undefined || path.length > 300) return null
  const inside = path.startsWith(`/${business_id}/`) && !/[\\\s\p{Cc}]/u.test(path) && !path.includes('//')
  return inside && isPlain(path) ? path : null
}

/** Means what it says: a browser would not follow dots in it to somewhere else. */
function isPlain(path: string): boolean {
  const place = URL.parse(path, 'http://portal')
  return place !== null && place.pathname + place.search === path
}
