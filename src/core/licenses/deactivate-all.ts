import { sql } from 'kysely'
import { recordAudit } from '#core/audit/record-audit.ts'
import { lockLicenseKey, setInstancesCount } from '#core/licenses/store.ts'
import { from } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

/** Every device makes room. Answers how many there were; a second time there are none. */
export async function deactivateAllInstances(outer: BusinessCtx, license_key_id: string): Promise<number> {
  return inTransaction(outer, async (ctx) => {
    const { customer_id } = await lockLicenseKey(ctx, license_key_id)
    const gone = await ctx.db
      .deleteFrom('license_key_instances')
      .where('business_id', '=', ctx.business.business_id)
      .where('license_key_id', '=', license_key_id)
      .returning('license_key_instance_id')
      .execute()
    if (gone.length === 0) return 0
    await setInstancesCount(ctx, license_key_id, 0)
    const ids = gone.map(({ license_key_instance_id }) => license_key_instance_id)
    await recordAudit(ctx, {
      action: 'license_key.all_deactivated',
      resource_id: license_key_id,
      customer_id,
      details: { count: gone.length, license_key_instance_ids: ids.join(' ') },
    })
    return gone.length
  })
}

/** It was a device of this key and is none any more: whoever asks again is told that it is done. */
export async function wasDeactivated(
  ctx: BusinessCtx,
  license_key_id: string,
  license_key_instance_id: string,
): Promise<boolean> {
  const found = await from(ctx, 'audit_entries')
    .select('audit_id')
    .where('resource_id', '=', license_key_id)
    .where('action', 'in', ['license_key.deactivated', 'license_key.all_deactivated'])
    .where(
      sql<boolean>`(${license_key_instance_id} = details->>'license_key_instance_id'
        or ${license_key_instance_id} = any(string_to_array(details->>'license_key_instance_ids', ' ')))`,
    )
    .executeTakeFirst()
  return found !== undefined
}
