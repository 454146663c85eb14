import { recordAudit } from '#core/audit/record-audit.ts'
import { getHolder } from '#core/licenses/find-holder.ts'
import { lockLicenseKey, setInstancesCount } from '#core/licenses/store.ts'
import { type BusinessCtx, type Ctx, inTransaction } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

/**
 * The holder of the key gives a device up, whether or not the key still works. Throws LICENSE_KEY_NOT_FOUND: 404 for the key, 403 for an
 * instance that is not one of this key's.
 */
export async function deactivateLicense(
  outer: Ctx,
  license_key: string,
  license_key_instance_id: string,
): Promise<void> {
  const { ctx, license_key_id } = await getHolder(outer, license_key)
  await deactivateInstance(ctx, license_key_id, license_key_instance_id)
}

/** A device makes room for another. */
export async function deactivateInstance(
  outer: BusinessCtx,
  license_key_id: string,
  license_key_instance_id: string,
): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    const key = await lockLicenseKey(ctx, license_key_id)
    const gone = await ctx.db
      .deleteFrom('license_key_instances')
      .where('business_id', '=', ctx.business.business_id)
      .where('license_key_id', '=', license_key_id)
      .where('license_key_instance_id', '=', license_key_instance_id)
      .returning('name')
      .executeTakeFirst()
    if (gone === undefined) {
      throw new AppError('LICENSE_KEY_NOT_FOUND', { status: 403, message: 'The license key has no such instance' })
    }
    await setInstancesCount(ctx, license_key_id, key.instances_count - 1)
    await recordAudit(ctx, {
      action: 'license_key.deactivated',
      resource_id: license_key_id,
      customer_id: key.customer_id,
      details: { license_key_instance_id, name: gone.name },
    })
  })
}
