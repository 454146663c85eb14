// API keys are shown once and stored as a SHA-256 hash: they carry 256 random bits, so a slow hash would add nothing.
import { hashSecret } from '#core/unscoped/by-secret.ts'
import type { BusinessCtx } from '#src/context.ts'
import { newId, newSecret } from '#src/ids.ts'
import type { Mode } from '#src/urls.ts'

export interface CreatedApiKey {
  api_key_id: string
  /** The secret itself: `portico_test_…`. Nobody can read it again. */
  key: string
}

export async function createApiKey(
  ctx: BusinessCtx,
  input: { name: string; read_only?: boolean },
): Promise<CreatedApiKey> {
  const now = ctx.wall.now()
  const api_key_id = newId('api_key', now.epochMilliseconds)
  const key = `${keyPrefix(ctx.mode)}${newSecret()}`
  await ctx.db
    .insertInto('api_keys')
    .values({
      business_id: ctx.business.business_id,
      api_key_id,
      mode: ctx.mode,
      name: input.name,
      key_hash: hashSecret(key),
      last_four: key.slice(-4),
      read_only: input.read_only ?? false,
      created_at: now,
    })
    .execute()
  return { api_key_id, key }
}

export function keyPrefix(mode: Mode): string {
  return `portico_${mode}_`
}
