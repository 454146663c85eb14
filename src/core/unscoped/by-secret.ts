// Look-ups by a secret, which itself says whose it is. This folder and worker/claim.ts hold every query that names no business.
import { createHash } from 'node:crypto'
import { selectBusinesses } from '#core/businesses/queries.ts'
import { compileOnce } from '#db/compile-once.ts'
import type { Ctx } from '#src/context.ts'
import type { Mode } from '#src/urls.ts'

export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** With its business. */
export async function findApiKeyBySecret(ctx: Ctx, key: string) {
  const [found] = await apiKeysBySecret(ctx.db, hashSecret(key), ctx.mode)
  return found
}

const apiKeysBySecret = compileOnce((db, hash: Buffer, mode: Mode) =>
  selectBusinesses(db)
    .innerJoin('api_keys', 'api_keys.business_id', 'businesses.business_id')
    .select(['api_keys.api_key_id', 'api_keys.read_only'])
    .where('api_keys.key_hash', '=', hash)
    .where('api_keys.mode', '=', mode)
    .where('api_keys.revoked_at', 'is', null),
)

export async function findAccessLinkByToken(ctx: Ctx, token: string) {
  return ctx.db.selectFrom('access_links').selectAll().where('token_hash', '=', hashSecret(token)).executeTakeFirst()
}

/** A session that is neither ended nor past its absolute end; whether it idled too long is the caller's to judge. */
export async function findSessionByToken(ctx: Ctx, token: string) {
  return ctx.db
    .selectFrom('portal_sessions')
    .select(['session_id', 'last_seen_at', 'expires_at', 'proven_email_key', 'proven_at'])
    .where('token_hash', '=', hashSecret(token))
    .where('ended_at', 'is', null)
    .where('expires_at', '>', ctx.wall.now())
    .executeTakeFirst()
}

/** A checkout's id is its secret: 77 random bits, known to the buyer and the merchant. */
export async function findCheckoutBusiness(ctx: Ctx, checkout_id: string): Promise<string | undefined> {
  const row = await ctx.db
    .selectFrom('checkout_sessions')
    .select('business_id')
    .where('checkout_id', '=', checkout_id)
    .executeTakeFirst()
  return row?.business_id
}

/** A license key is its holder's secret: unique across businesses, told to the customer and to the program it is for. */
export async function findLicenseKeyBySecret(ctx: Ctx, key: string) {
  return ctx.db
    .selectFrom('license_keys')
    .select(['business_id', 'license_key_id'])
    .where('key', '=', key)
    .executeTakeFirst()
}

/** A pay link's id is its secret, as a checkout's is. */
export async function findPayLinkBusiness(ctx: Ctx, pay_link_id: string): Promise<string | undefined> {
  const row = await ctx.db
    .selectFrom('pay_links')
    .select('business_id')
    .where('pay_link_id', '=', pay_link_id)
    .executeTakeFirst()
  return row?.business_id
}
