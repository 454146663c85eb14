import { getCustomer } from '#core/customers/queries.ts'
import { listPaymentMethods, type PaymentMethod } from '#core/payment-methods/queries.ts'
import { from } from '#core/scope.ts'
import type { BusinessCtx } from '#src/context.ts'

export type PaymentMethodUsed = PaymentMethod & { last_used_at: Temporal.Instant | null }

/** A customer's saved methods with the last payment each was charged for. Throws NOT_FOUND for an unknown customer. */
export async function listPaymentMethodsUsed(ctx: BusinessCtx, customer_id: string): Promise<PaymentMethodUsed[]> {
  await getCustomer(ctx, customer_id)
  const methods = await listPaymentMethods(ctx, customer_id)
  if (methods.length === 0) return []
  const used = await from(ctx, 'payments')
    .select((eb) => ['payment_method_id', eb.fn.max('created_at').as('last_used_at')])
    .where('customer_id', '=', customer_id)
    .where('payment_method_id', 'is not', null)
    .groupBy('payment_method_id')
    .execute()
  const byMethod = new Map(used.map((row) => [row.payment_method_id, row.last_used_at]))
  return methods.map((method) => ({ ...method, last_used_at: byMethod.get(method.payment_method_id) ?? null }))
}
