import { isOverdue, isRunning } from '#billing/status.ts'
import { lockPaymentMethod } from '#core/payment-methods/remove-method.ts'
import { from } from '#core/scope.ts'
import { lockSubscription, type Subscription } from '#core/subscriptions/store.ts'
import { useMethod } from '#core/subscriptions/use-method.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { notFound } from '#src/errors.ts'

/**
 * A saved method pays every subscription of its customer from now on. One that owes something keeps its own: its dues are charged only
 * where they are shown. Throws NOT_FOUND for a method that is not the customer's or was removed.
 */
export async function spreadMethod(outer: BusinessCtx, customer_id: string, payment_method_id: string): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    const subscriptions = await lockSpreadable(ctx, customer_id)
    const method = await lockPaymentMethod(ctx, payment_method_id)
    if (method?.customer_id !== customer_id || method.removed_at !== null) throw notFound('payment method')
    await useForAll(ctx, subscriptions, payment_method_id)
  })
}

/** Those that run and owe nothing, all or those that have none yet; in one order, so that two who want that at once do not wait for each other. */
export async function lockSpreadable(
  ctx: BusinessCtx,
  customer_id: string,
  { without_method = false } = {},
): Promise<Subscription[]> {
  let query = from(ctx, 'subscriptions')
    .select('subscription_id')
    .where('customer_id', '=', customer_id)
    .where('status', 'in', ['active', 'paused'])
    .orderBy('subscription_id')
  if (without_method) query = query.where('payment_method_id', 'is', null)
  const rows = await query.execute()
  const locked: Subscription[] = []
  for (const { subscription_id } of rows) locked.push(await lockSubscription(ctx, subscription_id))
  return locked.filter(({ status }) => isRunning(status) && !isOverdue(status))
}

export async function useForAll(
  ctx: BusinessCtx,
  subscriptions: readonly Subscription[],
  payment_method_id: string,
): Promise<void> {
  for (const subscription of subscriptions) {
    if (subscription.payment_method_id !== payment_method_id)
      await useMethod(ctx, subscription, payment_method_id, false)
  }
}
