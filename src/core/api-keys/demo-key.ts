// The demo's API key is the same at every start, so that what a newcomer pasted into a program keeps working. It is not kept anywhere:
// it is derived from SECRET_KEY and the row's id, as mailed links are. Test mode only; every other key is random and shown once.
import { keyPrefix } from '#core/api-keys/create-api-key.ts'
import { from, owned, update } from '#core/scope.ts'
import { hashSecret } from '#core/unscoped/by-secret.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'
import { base62, newId } from '#src/ids.ts'

const NAME = 'demo'

/** The key, made where there is none yet or where SECRET_KEY has changed since. */
export async function getDemoKey(ctx: BusinessCtx): Promise<string> {
  if (ctx.mode !== 'test') throw new AppError('UNSUPPORTED_ACTION')
  const rows = await from(ctx, 'api_keys')
    .select(['api_key_id', 'key_hash'])
    .where('name', '=', NAME)
    .where('mode', '=', ctx.mode)
    .where('revoked_at', 'is', null)
    .orderBy('created_at')
    .execute()
  const ours = rows.find((row) => hashSecret(keyOf(ctx, row.api_key_id)).equals(row.key_hash))
  return ours === undefined ? replaceKeys(ctx) : keyOf(ctx, ours.api_key_id)
}

async function replaceKeys(ctx: BusinessCtx): Promise<string> {
  const now = ctx.wall.now()
  await update(ctx, 'api_keys')
    .set({ revoked_at: now })
    .where('name', '=', NAME)
    .where('mode', '=', ctx.mode)
    .where('revoked_at', 'is', null)
    .execute()
  const api_key_id = newId('api_key', now.epochMilliseconds)
  const key = keyOf(ctx, api_key_id)
  await ctx.db
    .insertInto('api_keys')
    .values({
      ...owned(ctx),
      api_key_id,
      mode: ctx.mode,
      name: NAME,
      key_hash: hashSecret(key),
      last_four: key.slice(-4),
      read_only: false,
      created_at: now,
    })
    .execute()
  return key
}

function keyOf(ctx: BusinessCtx, api_key_id: string): string {
  const digest = ctx.secrets.derive('demo_api_key', ctx.business.business_id, api_key_id)
  return `${keyPrefix(ctx.mode)}${base62(BigInt(`0x${digest.toString('hex')}`), 43)}`
}
