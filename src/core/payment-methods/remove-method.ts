import { recordAudit } from '#core/audit/record-audit.ts'
import { getCustomer } from '#core/customers/queries.ts'
import { forgetAtProcessor } from '#core/payment-methods/forget-method.ts'
import { type PaymentMethod, usingStatuses } from '#core/payment-methods/queries.ts'
import { from, update } from '#core/scope.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError, notFound } from '#src/errors.ts'

/**
 * Removes a saved method, here and at the processor. Removed already, nothing changes. Throws NOT_FOUND for a method that is not the
 * customer's, PAYMENT_METHOD_IN_USE while a running subscription is paid with it.
 */
export async function removePaymentMethod(
  outer: BusinessCtx,
  customer_id: string,
  payment_method_id: string,
): Promise<void> {
  await getCustomer(outer, customer_id)
  await inTransaction(outer, async (ctx) => {
    // The customer's row decides who is the default, as where a method is saved.
    await from(ctx, 'customers').select('customer_id').where('customer_id', '=', customer_id).forUpdate().execute()
    const method = await lockPaymentMethod(ctx, payment_method_id)
    if (method?.customer_id !== customer_id) throw notFound('payment method')
    if (method.removed_at !== null) return
    if (await isUsed(ctx, payment_method_id)) throw new AppError('PAYMENT_METHOD_IN_USE')
    await update(ctx, 'payment_methods')
      .set({ removed_at: ctx.clock.now(), is_default: false })
      .where('payment_method_id', '=', payment_method_id)
      .execute()
    if (method.is_default) await chooseDefault(ctx, customer_id)
    await forgetAtProcessor(ctx, method.processor, method.processor_reference)
    await recordAudit(ctx, { action: 'payment_method.removed', resource_id: payment_method_id, customer_id })
  })
}

/** Whoever begins to use a method and whoever removes it meet here. */
export async function lockPaymentMethod(
  ctx: BusinessCtx,
  payment_method_id: string,
): Promise<PaymentMethod | undefined> {
  return from(ctx, 'payment_methods')
    .selectAll()
    .where('payment_method_id', '=', payment_method_id)
    .forUpdate()
    .executeTakeFirst()
}

async function isUsed(ctx: BusinessCtx, payment_method_id: string): Promise<boolean> {
  const user = await from(ctx, 'subscriptions')
    .select('subscription_id')
    .where('payment_method_id', '=', payment_method_id)
    .where('status', 'in', [...usingStatuses])
    .limit(1)
    .executeTakeFirst()
  return user !== undefined
}

/** The newest of what is left. */
async function chooseDefault(ctx: BusinessCtx, customer_id: string): Promise<void> {
  const newest = await from(ctx, 'payment_methods')
    .select('payment_method_id')
    .where('customer_id', '=', customer_id)
    .where('removed_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('payment_method_id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (newest === undefined) return
  await update(ctx, 'payment_methods')
    .set({ is_default: true })
    .where('payment_method_id', '=', newest.payment_method_id)
    .execute()
}
