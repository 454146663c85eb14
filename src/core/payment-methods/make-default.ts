import { recordAudit } from '#core/audit/record-audit.ts'
import { lockPaymentMethod } from '#core/payment-methods/remove-method.ts'
import { from, update } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

/** The method that is offered first. Throws NOT_FOUND for one that is not the customer's or was removed. Harmless to repeat. */
export async function makeDefaultMethod(
  outer: BusinessCtx,
  customer_id: string,
  payment_method_id: string,
): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    // The customer's row decides who is the default, as where a method is saved.
    await from(ctx, 'customers').select('customer_id').where('customer_id', '=', customer_id).forUpdate().execute()
    const method = await lockPaymentMethod(ctx, payment_method_id)
    if (method?.customer_id !== customer_id || method.removed_at !== null) throw notFound('payment method')
    if (method.is_default) return
    await update(ctx, 'payment_methods')
      .set({ is_default: false })
      .where('customer_id', '=', customer_id)
      .where('is_default', '=', true)
      .execute()
    await update(ctx, 'payment_methods')
      .set({ is_default: true })
      .where('payment_method_id', '=', payment_method_id)
      .execute()
    await recordAudit(ctx, { action: 'payment_method.made_default', resource_id: payment_method_id, customer_id })
  })
}
