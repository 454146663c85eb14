import { recordAudit } from '#core/audit/record-audit.ts'
import { recordEvent } from '#core/events/record-event.ts'
import { closePlanChange, listWaiting } from '#core/plan-changes/store.ts'
import { lockSubscription } from '#core/subscriptions/store.ts'
import { type BusinessCtx, inTransaction } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

/** Takes a scheduled change back. Throws SCHEDULED_PLAN_CHANGE_NOT_FOUND where none waits. */
export async function cancelScheduledChange(outer: BusinessCtx, subscription_id: string): Promise<void> {
  await inTransaction(outer, async (ctx) => {
    const { customer_id } = await lockSubscription(ctx, subscription_id)
    const change = (await listWaiting(ctx, subscription_id)).find(({ status }) => status === 'scheduled')
    if (change === undefined) throw new AppError('SCHEDULED_PLAN_CHANGE_NOT_FOUND')
    await closePlanChange(ctx, change.change_id, 'cancelled')
    const data = { deed: 'plan_change_cancelled', change_id: change.change_id }
    await recordEvent(ctx, { type: 'subscription.updated', resource_id: subscription_id, customer_id, data })
    await recordAudit(ctx, {
      action: 'subscription.scheduled_change_cancelled',
      resource_id: subscription_id,
      customer_id,
      details: { change_id: change.change_id, product_id: change.product_id },
    })
  })
}
