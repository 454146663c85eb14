import { isOverdue, isRunning } from '#billing/status.ts'
import { recordAudit } from '#core/audit/record-audit.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { reopenDues } from '#core/payments/open-dues.ts'
import { findOpenDues, hasOpenPayment } from '#core/payments/queries.ts'
import { lockSubscription, type Subscription, updateSubscriptionRow } from '#core/subscriptions/store.ts'
import type { BusinessCtx } from '#src/context.ts'

/** This method pays a locked subscription from now on; `with_payment` where what is owed is paid with it at once. */
export async function useMethod(
  ctx: BusinessCtx,
  { subscription_id, customer_id }: Subscription,
  payment_method_id: string,
  with_payment: boolean,
): Promise<void> {
  await updateSubscriptionRow(ctx, subscription_id, { payment_method_id })
  const data = { payment_method_id, with_payment }
  await recordEvent(ctx, {
    type: 'subscription.update_payment_method',
    resource_id: subscription_id,
    customer_id,
    data,
  })
  await recordAudit(ctx, {
    action: 'subscription.payment_method_updated',
    resource_id: subscription_id,
    customer_id,
    details: { payment_method_id },
  })
}

/**
 * A method was saved for a subscription. What came to be owed meanwhile is asked of it: the attempt is written here and collected by
 * reconciling. One that has ended needs no method.
 */
export async function useSavedMethod(
  ctx: BusinessCtx,
  subscription_id: string,
  payment_method_id: string,
): Promise<void> {
  const subscription = await lockSubscription(ctx, subscription_id)
  const { status, billing, metadata } = subscription
  if (!isRunning(status)) return
  await useMethod(ctx, subscription, payment_method_id, isOverdue(status))
  if (!isOverdue(status) || (await hasOpenPayment(ctx, subscription_id))) return
  const dues = await findOpenDues(ctx, subscription_id)
  if (dues !== undefined) await reopenDues(ctx, dues, { payment_method_id, billing, metadata, origin: 'method_update' })
}
