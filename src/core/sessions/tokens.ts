// What is mailed is never stored: a token and a code are derived from SECRET_KEY, the row's id and its nonce, whenever they are needed.
import { timingSafeEqual } from 'node:crypto'
import type { Ctx } from '#src/context.ts'

/** 256 bits, base64url. */
export function linkToken(ctx: Ctx, link: { link_id: string; nonce: string }): string {
  return ctx.secrets.derive('access_link', link.link_id, link.nonce).toString('base64url')
}

/** Of a link that opens everything an address has. */
export function addressToken(ctx: Ctx, { sign_in_id, nonce }: { sign_in_id: string; nonce: string }): string {
  return ctx.secrets.derive('address_link', sign_in_id, nonce).toString('base64url')
}

/** Wrong codes before a new mail is needed. */
export const CODE_TRIES = 5

/** Six digits. */
export function signInCode(ctx: Ctx, link: { link_id: string; nonce: string }): string {
  return digitsOf(ctx.secrets.derive('sign_in_code', link.link_id, link.nonce))
}

export function addressCode(ctx: Ctx, { sign_in_id, nonce }: { sign_in_id: string; nonce: string }): string {
  return digitsOf(ctx.secrets.derive('address_code', sign_in_id, nonce))
}

function digitsOf(digest: Buffer): string {
  return String(digest.readUInt32BE(0) % 1_000_000).padStart(6, '0')
}

/** Whether what was typed is the code; how long it takes says nothing. */
export function isSameCode(typed: string, code: string): boolean {
  const digits = typed.normalize('NFKC').replaceAll(/[\s-]/g, '')
  return digits.length === code.length && timingSafeEqual(Buffer.from(digits.padEnd(6).slice(0, 6)), Buffer.from(code))
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
