import { getBusinessCtx } from '#core/businesses/queries.ts'
import { findLicenseKeyBySecret } from '#core/unscoped/by-secret.ts'
import { type BusinessCtx, type Ctx, withActor } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

export interface Holder {
  ctx: BusinessCtx
  license_key_id: string
}

/** Whose business a license key is of; undefined where it is nobody's. The key is the secret: nothing else is asked. */
export async function findHolder(ctx: Ctx, license_key: string): Promise<Holder | undefined> {
  const found = await findLicenseKeyBySecret(ctx, license_key)
  if (found === undefined) return undefined
  const { business_id, license_key_id } = found
  return {
    ctx: await getBusinessCtx(withActor(ctx, { type: 'license_key', id: license_key_id }), business_id),
    license_key_id,
  }
}

/** Throws LICENSE_KEY_NOT_FOUND. */
export async function getHolder(ctx: Ctx, license_key: string): Promise<Holder> {
  const holder = await findHolder(ctx, license_key)
  if (holder === undefined) throw new AppError('LICENSE_KEY_NOT_FOUND')
  return holder
}
