// What the customer chose, done once: an end that was to lie ahead never becomes one at once, however things stand by now.
import type { IntendedCancellation } from '#core/cancellation-offers/make-offer.ts'
import { cancelSubscription } from '#core/subscriptions/cancel-subscription.ts'
import { getSubscription } from '#core/subscriptions/queries.ts'
import type { Notice } from '#portal/notice.tsx'
import type { BusinessCtx } from '#src/context.ts'
import { AppError } from '#src/errors.ts'

/** Asked again, the answer is the same. Throws CONFLICT where an end at the next billing date is not possible any more. */
export async function cancelAsAsked(
  ctx: BusinessCtx,
  subscription_id: string,
  { effective_at, cancellation_feedback, cancellation_comment }: IntendedCancellation,
): Promise<Notice> {
  const isNow = effective_at === 'immediately'
  try {
    const { status } = await cancelSubscription(ctx, subscription_id, {
      timing: isNow ? 'now' : 'at_next_billing_date',
      never_now: !isNow,
      cancellation_feedback,
      cancellation_comment,
    })
    return status === 'cancelled' ? 'cancelled' : 'cancellation_scheduled'
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'SUBSCRIPTION_INACTIVE') throw error
    const { status } = await getSubscription(ctx, subscription_id)
    return status === 'cancelled' ? 'cancelled' : 'not_possible'
  }
}
