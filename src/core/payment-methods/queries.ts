import type { Selectable } from 'kysely'
import { from } from '#core/scope.ts'
import { withPlan } from '#core/subscriptions/with-plan.ts'
import type { DB, SubscriptionStatus } from '#db/schema.ts'
import type { BusinessCtx } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

export type PaymentMethod = Selectable<DB['payment_methods']>

/** A subscription of these is paid with the method it names. */
export const usingStatuses = [
  'pending',
  'active',
  'past_due',
  'on_hold',
  'paused',
] as const satisfies SubscriptionStatus[]

/** The saved methods of a customer, the default first, then the newest. */
export async function listPaymentMethods(ctx: BusinessCtx, customer_id: string): Promise<PaymentMethod[]> {
  return from(ctx, 'payment_methods')
    .selectAll()
    .where('customer_id', '=', customer_id)
    .where('removed_at', 'is', null)
    .orderBy('is_default', 'desc')
    .orderBy('created_at', 'desc')
    .execute()
}

/** The same, without cards that have expired: one is good to the end of its month. */
export async function listUsableMethods(ctx: BusinessCtx, customer_id: string): Promise<PaymentMethod[]> {
  const { year, month } = ctx.clock.now().toZonedDateTimeISO(ctx.business.timezone)
  const methods = await listPaymentMethods(ctx, customer_id)
  return methods.filter(
    ({ expiry_year, expiry_month }) =>
      expiry_year === null || expiry_month === null || (expiry_year - year) * 12 + expiry_month - month >= 0,
  )
}

/** A saved method of a customer. Throws NOT_FOUND for anybody else's and for one that was removed. */
export async function getOwnMethod(
  ctx: BusinessCtx,
  customer_id: string,
  payment_method_id: string,
): Promise<PaymentMethod> {
  const method = await from(ctx, 'payment_methods')
    .selectAll()
    .where('payment_method_id', '=', payment_method_id)
    .where('customer_id', '=', customer_id)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (method === undefined) throw notFound('payment method')
  return method
}

/** Also one that was removed: what was paid with it names it. */
export async function getPaymentMethod(ctx: BusinessCtx, payment_method_id: string): Promise<PaymentMethod> {
  const method = await from(ctx, 'payment_methods')
    .selectAll()
    .where('payment_method_id', '=', payment_method_id)
    .executeTakeFirst()
  if (method === undefined) throw notFound('payment method')
  return method
}

export interface MethodUse {
  payment_method_id: string
  subscription_id: string
  product_name: string
}

/** Which subscriptions of a customer are paid with which method. */
export async function listMethodUses(ctx: BusinessCtx, customer_id: string): Promise<MethodUse[]> {
  return withPlan(ctx)
    .select(['subscriptions.payment_method_id', 'subscriptions.subscription_id', 'products.name as product_name'])
    .where('subscriptions.customer_id', '=', customer_id)
    .where('subscriptions.payment_method_id', 'is not', null)
    .where('subscriptions.status', 'in', [...usingStatuses])
    .orderBy('subscriptions.created_at')
    .$narrowType<{ payment_method_id: string }>()
    .execute()
}
