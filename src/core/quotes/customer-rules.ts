// What customers may ask for by themselves. A merchant's own request is bound by none of it.
import { getSettings } from '#core/businesses/queries.ts'
import { listPlanChoices } from '#core/collections/list-plan-choices.ts'
import type { PlanChangeRequest } from '#core/plan-changes/change-plan.ts'
import type { DecidedChange } from '#core/plan-changes/decide-change.ts'
import type { Subscription } from '#core/subscriptions/queries.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError, notFound } from '#src/errors.ts'

/**
 * The request as far as its maker may say it: a customer names a plan and leaves how it is billed to the merchant.
 * Throws PLAN_CHANGE_FOR_CUSTOMER_PORTAL_DISABLED, DO_NOT_BILL_NOT_ALLOWED_IN_CUSTOMER_PORTAL, 422 for a plan that is not offered
 * beside theirs, NOT_FOUND for a subscription that is not theirs.
 */
export async function allowedRequest(
  ctx: BusinessCtx,
  subscription: Subscription,
  request: PlanChangeRequest,
): Promise<PlanChangeRequest> {
  if (ctx.actor.type !== 'customer') return request
  assertOwn(ctx, subscription)
  const { allow_subscription_updates } = await getSettings(ctx)
  if (!allow_subscription_updates) throw new AppError('PLAN_CHANGE_FOR_CUSTOMER_PORTAL_DISABLED')
  if (request.proration_billing_mode === 'do_not_bill') throw billedAlways()
  const { product_id, quantity, addons, cancel_scheduled_change_plan } = request
  if (product_id !== subscription.product_id) await assertOffered(ctx, subscription, product_id)
  return { product_id, quantity, addons, ...(cancel_scheduled_change_plan ? { cancel_scheduled_change_plan } : {}) }
}

/** What belongs to somebody else is not there. */
export function assertOwn(ctx: BusinessCtx, { customer_id }: Subscription): void {
  if (ctx.actor.type === 'customer' && customer_id !== ctx.actor.id) throw notFound('subscription')
}

async function assertOffered(ctx: BusinessCtx, subscription: Subscription, product_id: string): Promise<void> {
  const choices = await listPlanChoices(ctx, subscription.product_id)
  if (choices.some((choice) => choice.product_id === product_id)) return
  throw new AppError('INVALID_REQUEST_PARAMETERS', {
    message: 'This plan is not offered beside the one of the subscription',
    field: 'product_id',
  })
}

/** The merchant's own default may be not to bill; for a customer that would be a gift to choose. */
export function assertBilled(ctx: BusinessCtx, { now, options }: DecidedChange): void {
  if (ctx.actor.type !== 'customer' || now === undefined) return
  if (options.proration_billing_mode === 'do_not_bill') throw billedAlways()
}

function billedAlways(): AppError {
  return new AppError('DO_NOT_BILL_NOT_ALLOWED_IN_CUSTOMER_PORTAL')
}
