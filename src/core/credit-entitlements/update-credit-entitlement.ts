import { recordAudit } from '#core/audit/record-audit.ts'
import { assertComplete, type CreditEntitlementFields } from '#core/credit-entitlements/create-credit-entitlement.ts'
import { getCreditEntitlement } from '#core/credit-entitlements/queries.ts'
import { update } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

/** Changes what is named. Products and subscriptions keep the terms they were given. */
export async function updateCreditEntitlement(
  outer: BusinessCtx,
  credit_entitlement_id: string,
  change: Partial<Omit<CreditEntitlementFields, 'precision'>>,
): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    assertComplete({ ...(await getCreditEntitlement(ctx, credit_entitlement_id)), ...change })
    await update(ctx, 'credit_entitlements')
      .set({ ...change, updated_at: ctx.clock.now() })
      .where('credit_entitlement_id', '=', credit_entitlement_id)
      .execute()
    await recordAudit(ctx, {
      action: 'credit_entitlement.updated',
      resource_id: credit_entitlement_id,
      customer_id: null,
    })
  })
}
