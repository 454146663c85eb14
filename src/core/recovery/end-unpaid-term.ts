import { endSubscription } from '#core/subscriptions/end-subscription.ts'
import { lockSubscription } from '#core/subscriptions/store.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

/** The term is over and what was owed was never paid: cancelled, and owed no longer. Harmless to repeat. */
export async function endUnpaidTerm(outer: BusinessCtx, subscription_id: string): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    const subscription = await lockSubscription(ctx, subscription_id)
    const { status, expires_at } = subscription
    if (status !== 'on_hold' && status !== 'past_due') return
    if (expires_at === null || Temporal.Instant.compare(expires_at, ctx.clock.now()) > 0) return
    await endSubscription(ctx, subscription, { status: 'cancelled', at: expires_at, because: 'unpaid' })
  })
}
