import { recordAudit } from '#core/audit/record-audit.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { dropWaiting, findRunOut, getPlanChange } from '#core/plan-changes/store.ts'
import { lockSubscription } from '#core/subscriptions/store.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'

/** A pending change that was not paid in time dies; money that comes later is refunded. Calling it again is harmless. */
export async function expirePlanChange(outer: BusinessCtx, change_id: string): Promise<void> {
  const { subscription_id } = await getPlanChange(outer, change_id)
  await inTransaction(outer, async (ctx) => {
    const { customer_id } = await lockSubscription(ctx, subscription_id)
    const change = await findRunOut(ctx, change_id)
    if (change === undefined) return
    await dropWaiting(ctx, subscription_id, ['pending'])
    const data = { deed: 'plan_change_expired', change_id }
    await recordEvent(ctx, { type: 'subscription.updated', resource_id: subscription_id, customer_id, data })
    await recordAudit(ctx, {
      action: 'subscription.plan_change_expired',
      resource_id: subscription_id,
      customer_id,
      details: { change_id, product_id: change.product_id },
    })
  })
}
