import { keyPrefix } from '#core/api-keys/create-api-key.ts'
import { findApiKeyBySecret } from '#core/unscoped/by-secret.ts'
import { type BusinessCtx, type Ctx, withActor, withBusiness } from '#src/context.ts'

export interface Caller {
  ctx: BusinessCtx
  read_only: boolean
}

/** Whose key this is; undefined for a wrong, revoked or other mode's key. */
export async function findCaller(ctx: Ctx, key: string): Promise<Caller | undefined> {
  if (!key.startsWith(keyPrefix(ctx.mode)) || key.length > 100) return undefined
  const found = await findApiKeyBySecret(ctx, key)
  if (found === undefined) return undefined
  const { api_key_id, read_only, ...business } = found
  return { ctx: withActor(withBusiness(ctx, business), { type: 'api_key', id: api_key_id }), read_only }
}
