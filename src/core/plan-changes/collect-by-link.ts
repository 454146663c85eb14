// A change of plan that its customer pays for under a link; the saved method is left alone. There is always one attempt to take up, for
// exactly what was decided, until the change is paid for or dropped.
import { getSettings } from '#core/businesses/queries.ts'
import { offerAnother } from '#core/payments/offer-attempt.ts'
import type { Dues, Payment } from '#core/payments/queries.ts'
import type { ChangeOptions } from '#core/plan-changes/change-options.ts'
import type { DecidedChange } from '#core/plan-changes/decide-change.ts'
import { getChangeOfDues, type PlanChangeRow } from '#core/plan-changes/store.ts'
import { createPayLink, type PayLink } from '#core/recovery/pay-links.ts'
import type { Subscription } from '#core/subscriptions/store.ts'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

/** Throws UNSUPPORTED_ACTION where the business has not allowed it, 422 naming the option that must be another. */
export async function assertCollectable(ctx: BusinessCtx, options: ChangeOptions): Promise<void> {
  const settings = await getSettings(ctx)
  if (!settings.collect_plan_change_payments_by_payment_link) {
    throw new AppError('UNSUPPORTED_ACTION', {
      message: 'The business does not collect plan change payments by payment link: allow it in its settings',
      field: 'collect_via_payment_link',
    })
  }
  const needs = (field: keyof ChangeOptions, value: string) =>
    new AppError('INVALID_REQUEST_PARAMETERS', { message: `collect_via_payment_link needs ${field} ${value}`, field })
  if (options.effective_at !== 'immediately') throw needs('effective_at', 'immediately')
  if (options.on_payment_failure !== 'prevent_change') throw needs('on_payment_failure', 'prevent_change')
}

/** What is left for a payment method, in minor units; 0 where the change happens without one. */
export function leftToCollect({ now }: DecidedChange): number {
  return now === undefined || now.carried ? 0 : now.decision.charge - now.credit_applied - now.wallet_applied
}

/** The link of a pending change. It lives on the wall for as long as the change does in the business's time. */
export async function createChangeLink(
  ctx: BusinessCtx,
  subscription: Subscription,
  { change_id, expires_at }: PlanChangeRow,
): Promise<PayLink> {
  if (expires_at === null) throw new Error('a pending change runs out')
  return createPayLink(ctx, subscription, {
    purpose: 'plan_change',
    return_url: null,
    change_id,
    expires_at: ctx.wall.now().add(ctx.clock.now().until(expires_at)),
  })
}

/**
 * Declined on a page, or given up there: the change goes on waiting and its link leads to another try. False where the change did not wait
 * for a link, or not any more. Called by settling, with subscription and dues locked.
 */
export async function offerChangeAgain(ctx: BusinessCtx, dues: Dues, declined: Payment): Promise<boolean> {
  if (dues.kind !== 'plan_change' || dues.status !== 'open' || declined.origin !== 'pay_page') return false
  const { status, expires_at } = await getChangeOfDues(ctx, dues.dues_id)
  if (status !== 'pending' || expires_at === null) return false
  if (Temporal.Instant.compare(expires_at, ctx.clock.now()) <= 0) return false
  await offerAnother(ctx, dues, declined)
  return true
}
