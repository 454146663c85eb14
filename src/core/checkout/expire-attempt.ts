// A checkout nobody finished in time: its page is closed at the processor, and what it would have begun has failed.
import { recordAudit } from '#core/audit/record-audit.ts'
import { recordEvent } from '#core/events/record-event.ts'
import type { Dues } from '#core/payments/queries.ts'
import { closeDues, voidDuesOf } from '#core/payments/store.ts'
import { from, update } from '#core/scope.ts'
import { lockSubscription, updateSubscriptionRow } from '#core/subscriptions/store.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

export async function hasExpired(ctx: BusinessCtx, checkout_id: string | null): Promise<boolean> {
  if (checkout_id === null) return false
  const checkout = await from(ctx, 'checkout_sessions')
    .select('expires_at')
    .where('checkout_id', '=', checkout_id)
    .executeTakeFirstOrThrow()
  return Temporal.Instant.compare(checkout.expires_at, ctx.wall.now()) <= 0
}

/** The subscription of an expired checkout that was never paid will not begin any more. */
export async function failPendingSubscription(outer: BusinessCtx, subscription_id: string): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    const { status, customer_id } = await lockSubscription(ctx, subscription_id)
    if (status !== 'pending') return
    await voidDuesOf(ctx, subscription_id)
    await updateSubscriptionRow(ctx, subscription_id, { status: 'failed' })
    await recordEvent(ctx, { type: 'subscription.failed', resource_id: subscription_id, customer_id })
    await recordAudit(ctx, { action: 'subscription.failed', resource_id: subscription_id, customer_id })
  })
}

/** What a checkout would have begun, or what was bought once by it: nothing is owed for it any more. Call it with all of it locked. */
export async function failPurchase(
  ctx: BusinessCtx,
  { dues_id, subscription_id, checkout_id }: Pick<Dues, 'dues_id' | 'subscription_id' | 'checkout_id'>,
): Promise<void> {
  if (subscription_id !== null) await failPendingSubscription(ctx, subscription_id)
  await closeDues(ctx, dues_id, 'void')
  if (checkout_id === null) return
  await update(ctx, 'checkout_sessions').set({ fails_at: null }).where('checkout_id', '=', checkout_id).execute()
}
