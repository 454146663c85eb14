// Ways back from what waits or was never paid for. The cancellation's is with the cancellation.
import { Hono } from 'hono'
import { cancelScheduledChange } from '#core/plan-changes/cancel-scheduled-change.ts'
import { undoPlanChange } from '#core/plan-changes/undo-plan-change.ts'
import { ownSubscription } from '#portal/own-subscription.ts'
import { told } from '#portal/told.ts'
import type { AppContext, AppEnv } from '#src/app-env.ts'

/** Under a subscription. */
export function undoRoutes(): Hono<AppEnv> {
  const door = new Hono<AppEnv>()
  door.post('/scheduled-change/undo', undoScheduledChange)
  door.post('/unpaid-change/undo', undoUnpaidChange)
  return door
}

async function undoScheduledChange(c: AppContext) {
  const { ctx } = c.var.visitor
  const { subscription_id } = await ownSubscription(c)
  const undone = cancelScheduledChange(ctx, subscription_id).then(() => 'scheduled_change_undone' as const)
  const done = await told(undone, { SCHEDULED_PLAN_CHANGE_NOT_FOUND: 'scheduled_change_undone' })
  return c.redirect(ctx.urls.portal.subscription(ctx.business.business_id, subscription_id, { done }), 303)
}

async function undoUnpaidChange(c: AppContext) {
  const { ctx } = c.var.visitor
  const { subscription_id } = await ownSubscription(c)
  const done = await told(undoPlanChange(ctx, subscription_id).then(() => 'change_undone' as const))
  return c.redirect(ctx.urls.portal.subscription(ctx.business.business_id, subscription_id, { done }), 303)
}
