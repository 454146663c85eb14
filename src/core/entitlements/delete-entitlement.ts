import { recordAudit } from '#core/audit/record-audit.ts'
import { switchOff } from '#core/entitlements/attach-entitlements.ts'
import { getEntitlement } from '#core/entitlements/queries.ts'
import { unlink } from '#core/entitlements/store.ts'
import { update } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

/** No product brings it any more; whoever was granted it keeps it until what it came with ends. */
export async function deleteEntitlement(outer: BusinessCtx, entitlement_id: string): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    const { product_id, integration_type } = await getEntitlement(ctx, entitlement_id)
    await unlink(ctx, entitlement_id)
    if (product_id !== null && integration_type === 'license_key') await switchOff(ctx, product_id)
    await update(ctx, 'entitlements')
      .set({ deleted_at: ctx.clock.now(), updated_at: ctx.clock.now() })
      .where('entitlement_id', '=', entitlement_id)
      .execute()
    await recordAudit(ctx, { action: 'entitlement.deleted', resource_id: entitlement_id, customer_id: null })
  })
}
