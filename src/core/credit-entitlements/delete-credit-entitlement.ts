import { recordAudit } from '#core/audit/record-audit.ts'
import { getCreditEntitlement } from '#core/credit-entitlements/queries.ts'
import { update } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

/** No product can be given it any more; what was granted and sold goes on. Throws CREDIT_ENTITLEMENT_IS_DELETED the second time. */
export async function deleteCreditEntitlement(ctx: BusinessCtx, credit_entitlement_id: string): Promise<void> {
  await setDeleted(ctx, credit_entitlement_id, true)
}

export async function undeleteCreditEntitlement(ctx: BusinessCtx, credit_entitlement_id: string): Promise<void> {
  await setDeleted(ctx, credit_entitlement_id, false)
}

async function setDeleted(outer: BusinessCtx, credit_entitlement_id: string, deleted: boolean): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    const { deleted_at } = await getCreditEntitlement(ctx, credit_entitlement_id)
    if (deleted && deleted_at !== null) throw new AppError('CREDIT_ENTITLEMENT_IS_DELETED')
    if (!deleted && deleted_at === null) return
    await update(ctx, 'credit_entitlements')
      .set({ deleted_at: deleted ? ctx.clock.now() : null, updated_at: ctx.clock.now() })
      .where('credit_entitlement_id', '=', credit_entitlement_id)
      .execute()
    const action = deleted ? 'credit_entitlement.deleted' : 'credit_entitlement.undeleted'
    await recordAudit(ctx, { action, resource_id: credit_entitlement_id, customer_id: null })
  })
}
