import { licenseKeyWorks } from '#billing/license-key.ts'
import { findHolder } from '#core/licenses/find-holder.ts'
import { findInstance, getLicenseKey } from '#core/licenses/queries.ts'
import type { Ctx } from '#src/context.ts'

/** Whether the key works now; with an instance, whether it works on that device. */
export async function validateLicense(
  outer: Ctx,
  license_key: string,
  license_key_instance_id: string | null,
): Promise<boolean> {
  const holder = await findHolder(outer, license_key)
  if (holder === undefined) return false
  const { ctx, license_key_id } = holder
  if (!licenseKeyWorks(await getLicenseKey(ctx, license_key_id), ctx.clock.now())) return false
  if (license_key_instance_id === null) return true
  return (await findInstance(ctx, license_key_instance_id))?.license_key_id === license_key_id
}
