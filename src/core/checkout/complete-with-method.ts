// A method was saved for what costs nothing yet: what the checkout sells begins.
import { checkoutReason } from '#core/checkout/checkout-discounts.ts'
import { completeUnbilled } from '#core/checkout/complete-checkout.ts'
import { insertAttempt, lastAttempt } from '#core/payments/insert-attempt.ts'
import type { Dues } from '#core/payments/queries.ts'
import { settlePayment } from '#core/payments/settle-payment.ts'
import { from } from '#core/scope.ts'
import { lockSubscription } from '#core/subscriptions/store.ts'
import type { BusinessCtx } from '#src/context.ts'

/** Where 0 is due it is settled like any other total, with its payment and invoice. Call it with checkout and subscription locked. */
export async function completeWithMethod(
  ctx: BusinessCtx,
  checkout_id: string,
  subscription_id: string,
  payment_method_id: string,
): Promise<void> {
  const dues = await findNothingOwed(ctx, checkout_id)
  if (dues === undefined) return completeUnbilled(ctx, checkout_id, subscription_id, payment_method_id)
  const { billing, metadata, custom_field_responses } = await lockSubscription(ctx, subscription_id)
  const { payment_id } = await insertAttempt(ctx, dues, (await lastAttempt(ctx, dues.dues_id)) + 1, {
    off_session: false,
    origin: 'first',
    payment_method_id,
    processor: null,
    checkout_id,
    billing,
    metadata,
    custom_field_responses,
    next_check_at: null,
  })
  await settlePayment(ctx, payment_id, { status: 'succeeded', reference: '', method: null })
}

async function findNothingOwed(ctx: BusinessCtx, checkout_id: string): Promise<Dues | undefined> {
  return from(ctx, 'dues')
    .selectAll()
    .where('reason_key', '=', checkoutReason(checkout_id))
    .where('status', '=', 'open')
    .where('total', '=', 0)
    .executeTakeFirst()
}
