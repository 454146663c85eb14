import { keyPrefix } from '#core/api-keys/create-api-key.ts'
import { findBusiness } from '#core/businesses/queries.ts'
import { findApiKeyBySecret } from '#core/unscoped/by-secret.ts'
import { type BusinessCtx, type Ctx, withActor, withBusiness } from '#src/context.ts'

export interface Caller {
  ctx: BusinessCtx
  read_only: boolean
}

/** Whose key this is; undefined for a wrong, revoked or other mode's key. */
export async function findCaller(ctx: Ctx, key: string): Promise<Caller | undefined> {
  if (!key.startsWith(keyPrefix(ctx.mode)) || key.length > 100) return undefined
  const row = await findApiKeyBySecret(ctx, key)
  if (row === undefined) return undefined
  const business = await findBusiness(ctx, row.business_id)
  if (business === undefined) return undefined
  const caller = withActor(withBusiness(ctx, business), { type: 'api_key', id: row.api_key_id })
  return { ctx: caller, read_only: row.read_only }
}
