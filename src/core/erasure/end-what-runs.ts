// What runs is ended before the erasure itself: a last invoice for usage is charged and settled while it still has a buyer.
import { isRunning } from '#billing/status.ts'
import { failPendingSubscription } from '#core/checkout/expire-attempt.ts'
import { endDunning } from '#core/dunning/end-dunning.ts'
import { assertNothingPending, closeAttempts } from '#core/erasure/close-attempts.ts'
import { dropWaiting } from '#core/plan-changes/store.ts'
import { from, on, update } from '#core/scope.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { lockSubscription } from '#core/subscriptions/store.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

/** No checkout can be paid any more, no page is open, and every subscription is cancelled now. Asks the processor. */
export async function endWhatRuns(ctx: BusinessCtx, customer_id: string): Promise<void> {
  await inTransaction(ctx, async (inner) => {
    await update(inner, 'checkout_sessions')
      .set({ expires_at: inner.wall.now() })
      .where('customer_id', '=', customer_id)
      .where('consumed_at', 'is', null)
      .execute()
    for (const subscription_id of await findOffered(inner, customer_id)) {
      await lockSubscription(inner, subscription_id)
      await dropWaiting(inner, subscription_id, ['pending'])
    }
  })
  await closeAttempts(ctx, customer_id)
  await assertNothingPending(ctx, customer_id)
  for (const { subscription_id, status } of await subscriptionsOf(ctx, customer_id)) {
    if (!isRunning(status)) continue
    await cancelSubscription(ctx, subscription_id, { timing: 'now', cancel_reason: 'cancelled_by_merchant' })
  }
}

/** Those with a change that waits to be paid under a link: there would always be another try to take up. */
async function findOffered(ctx: BusinessCtx, customer_id: string): Promise<string[]> {
  const offered = await from(ctx, 'pay_links')
    .innerJoin('plan_changes', on('plan_changes.change_id', 'pay_links.change_id'))
    .select('pay_links.subscription_id')
    .where('pay_links.customer_id', '=', customer_id)
    .where('plan_changes.status', '=', 'pending')
    .orderBy('pay_links.subscription_id')
    .execute()
  return offered.map(({ subscription_id }) => subscription_id)
}

/** In the transaction of the erasure: nothing is owed, nobody is reminded. Throws CONFLICT where something began meanwhile. */
export async function settleWhatIsLeft(ctx: BusinessCtx, customer_id: string): Promise<void> {
  for (const { subscription_id, status } of await subscriptionsOf(ctx, customer_id, 'locked')) {
    if (isRunning(status))
      throw new AppError('CONFLICT', { message: 'The customer bought something meanwhile; try again' })
    if (status === 'pending') await failPendingSubscription(ctx, subscription_id)
    await endDunning(ctx, subscription_id, 'exhausted')
  }
  await update(ctx, 'dues')
    .set({ status: 'void', closed_at: ctx.clock.now(), next_retry_at: null })
    .where('customer_id', '=', customer_id)
    .where('status', '=', 'open')
    .execute()
}

async function subscriptionsOf(ctx: BusinessCtx, customer_id: string, how?: 'locked') {
  const query = from(ctx, 'subscriptions')
    .select(['subscription_id', 'status'])
    .where('customer_id', '=', customer_id)
    .orderBy('subscription_id')
  return (how === 'locked' ? query.forUpdate() : query).execute()
}
