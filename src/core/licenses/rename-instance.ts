import { recordAudit } from '#core/audit/record-audit.ts'
import { getInstance, type LicenseKeyInstance } from '#core/licenses/queries.ts'
import { update } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

export async function renameInstance(
  outer: BusinessCtx,
  license_key_instance_id: string,
  name: string,
): Promise<LicenseKeyInstance> {
  return inTransaction(outer, async (ctx) => {
    await update(ctx, 'license_key_instances')
      .set({ name })
      .where('license_key_instance_id', '=', license_key_instance_id)
      .execute()
    const instance = await getInstance(ctx, license_key_instance_id)
    const { license_key_id } = instance
    await recordAudit(ctx, {
      action: 'license_key.instance_renamed',
      resource_id: license_key_id,
      customer_id: null,
      details: { license_key_instance_id, name },
    })
    return instance
  })
}
