// What customers may ask for by themselves. A merchant's own request is bound by none of it.
import { isFor } from '#billing/discount.ts'
import { isSamePlan } from '#billing/plan-change.ts'
import { getSettings } from '#core/businesses/queries.ts'
import { listPlanChoices } from '#core/collections/list-plan-choices.ts'
import { readDiscounts } from '#core/discounts/subscription-discounts.ts'
import { discountsOfChange } from '#core/plan-changes/change-discounts.ts'
import type { PlanChangeRequest } from '#core/plan-changes/change-plan.ts'
import type { DecidedChange } from '#core/plan-changes/decide-change.ts'
import { getTargetPlan } from '#core/plan-changes/target-plan.ts'
import { readItems } from '#core/subscriptions/lines.ts'
import type { Subscription } from '#core/subscriptions/queries.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError, notFound } from '#src/errors.ts'

/**
 * The request as far as its maker may say it: a customer names a plan and codes, and leaves how it is billed to the merchant.
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
  const codes = await codesOf(ctx, subscription, request)
  const discount_codes = codes.length === 0 ? {} : { discount_codes: codes }
  const replaces = cancel_scheduled_change_plan ? { cancel_scheduled_change_plan } : {}
  return { product_id, quantity, addons, ...discount_codes, ...replaces }
}

/**
 * A code comes on top of those that stay with the plan. It is for a change: alone it is none, and one that the subscription has is not
 * kept by being named.
 */
async function codesOf(
  ctx: BusinessCtx,
  subscription: Subscription,
  request: PlanChangeRequest,
): Promise<readonly string[]> {
  const named = (request.discount_codes ?? []).map((code) => code.trim().toUpperCase())
  if (named.length === 0) return []
  const alone = await isTheSame(ctx, subscription, request)
  const current = await readDiscounts(ctx, subscription.subscription_id)
  const kept = current.filter((each) => each.preserve_on_plan_change && isFor(each.terms, request.product_id))
  const codes = kept.map(({ code }) => code)
  const added = named.filter((code) => !codes.includes(code))
  if (current.some(({ code }) => (alone ? named : added).includes(code))) {
    throw new AppError('DISCOUNT_ALREADY_USED_ON_SUBSCRIPTION', { field: 'discount_codes' })
  }
  if (alone) throw await whyNotAlone(ctx, subscription, request)
  return [...codes, ...added]
}

/** A code that is none is said to be none before it is said to want a change. */
async function whyNotAlone(ctx: BusinessCtx, subscription: Subscription, request: PlanChangeRequest) {
  await discountsOfChange(ctx, subscription, request, await getTargetPlan(ctx, subscription, request))
  return new AppError('INVALID_REQUEST_PARAMETERS', {
    message: 'A code alone does not change the plan',
    field: 'discount_codes',
  })
}

async function isTheSame(ctx: BusinessCtx, subscription: Subscription, request: PlanChangeRequest): Promise<boolean> {
  const items = await readItems(ctx, subscription)
  const addons = items.flatMap(({ addon_id, quantity }) => (addon_id === null ? [] : [{ addon_id, quantity }]))
  return isSamePlan({ ...subscription, addons, discount_ids: [] }, { ...request, discount_ids: [] })
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
