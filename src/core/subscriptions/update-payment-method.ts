// Another saved method pays from now on; what is owed is charged to it at once.
import { isOverdue, isRunning } from '#billing/status.ts'
import { lockPaymentMethod } from '#core/payment-methods/remove-method.ts'
import { collectPayment } from '#core/payments/collect-payment.ts'
import { reopenDues } from '#core/payments/open-dues.ts'
import { findOpenDues, hasOpenPayment, type Payment } from '#core/payments/queries.ts'
import { closeOpenPage } from '#core/recovery/close-open-page.ts'
import { assertSameAmount, assertStillOwed, type ShownDues } from '#core/recovery/shown-dues.ts'
import { lockSubscription } from '#core/subscriptions/store.ts'
import { useMethod } from '#core/subscriptions/use-method.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError, notFound } from '#src/errors.ts'

/** How long the customer has, on the wall, to prove to their bank who they are. */
const PRESENT_FOR = Temporal.Duration.from({ hours: 1 })

export interface Chosen {
  /** What the customer saw; not given, whatever is owed is charged. */
  shown?: ShownDues
  /** The customer is there, and their bank may ask for them: where its page sends them afterwards. Not given, nobody is. */
  return_url?(payment_id: string): string
}

/**
 * Answers the payment of what was owed; undefined where nothing was. Declined, the subscription stays on hold with the new method.
 * Throws NOT_FOUND for a method that is not the customer's or was removed, SUBSCRIPTION_INACTIVE where the subscription has ended,
 * PREVIOUS_PAYMENT_PENDING while a payment of it is undecided, CONFLICT where something else is owed than was `shown`.
 */
export async function updatePaymentMethod(
  outer: BusinessCtx,
  subscription_id: string,
  payment_method_id: string,
  { shown, return_url }: Chosen = {},
): Promise<Payment | undefined> {
  await closeOpenPage(outer, subscription_id)
  const payment = await inTransaction(outer, async (ctx) => {
    const subscription = await lockSubscription(ctx, subscription_id)
    const { status, customer_id, billing, metadata } = subscription
    const method = await lockPaymentMethod(ctx, payment_method_id)
    if (method?.customer_id !== customer_id || method.removed_at !== null) throw notFound('payment method')
    if (!isRunning(status)) throw new AppError('SUBSCRIPTION_INACTIVE')
    if (await hasOpenPayment(ctx, subscription_id)) throw new AppError('PREVIOUS_PAYMENT_PENDING')
    const dues = isOverdue(status) ? await findOpenDues(ctx, subscription_id) : undefined
    await assertStillOwed(ctx, dues, shown)
    await useMethod(ctx, subscription, payment_method_id, isOverdue(status))
    if (dues === undefined) return undefined
    const page_expires_at = return_url === undefined ? undefined : ctx.wall.now().add(PRESENT_FOR)
    const charged = { payment_method_id, billing, metadata, page_expires_at, origin: 'method_update' } as const
    const attempt = await reopenDues(ctx, dues, charged)
    assertSameAmount(attempt, shown)
    return attempt
  })
  return payment && collectPayment(outer, payment.payment_id, return_url?.(payment.payment_id))
}
